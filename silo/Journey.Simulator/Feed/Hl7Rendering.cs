using System.Globalization;
using Journey.Hl7;
using Journey.Simulator.Model;

namespace Journey.Simulator.Feed;

/// <summary>
/// The messages of the demo hospital's system, HL7 2.5.1. Everything in a message follows from the event and the timeline, the time it is
/// sent included: a message that is sent again is the same, byte for byte.
/// </summary>
public sealed class Hl7Rendering(Run run, Timeline timeline)
{
    private const string Authority = DemoFloor.Facility;

    /// <summary>The message of an event; null for what travels otherwise.</summary>
    public byte[]? Render(HospitalEvent told) => told switch
    {
        AdtSent adt => Adt(adt),
        BedSent bed => Bed(bed),
        OrderSent order => Order(order),
        _ => null,
    };

    private byte[] Adt(AdtSent e)
    {
        var writer = Header(e, "ADT", e.Trigger, StructureOf(e.Trigger));
        var planned = e.Trigger is "A05" or "A14" or "A15" or "A16" ? e.Visit?.ExpectedAdmitAt ?? e.Visit?.ExpectedDischargeAt : null;
        Evn(writer, e, e.Trigger, e.CancelledAt ?? e.OccurredAt, planned);
        Pid(writer, e.Person, 1);
        if (e.PriorNumber is { } prior) writer.Segment("MRG").Field(1, prior, null, null, Authority, "MR");
        foreach (var (contact, index) in e.Contacts.Select((c, i) => (c, i)))
        {
            writer.Segment("NK1").Field(1, index + 1).Field(2, contact.FamilyName, contact.GivenName)
                .Field(3, contact.Relation, contact.RelationText, "HL70063").Field(5, contact.Phone);
        }

        if (e.Visit is { } visit) Pv(writer, visit, 1, e.Person.Confidential);
        else if (e.PriorNumber is null) writer.Segment("PV1").Field(1, 1).Field(2, "N");
        if (e.Other is { } other)
        {
            Pid(writer, other.Person, 2);
            Pv(writer, other.Visit, 2, other.Person.Confidential);
        }

        return writer.ToArray();
    }

    private byte[] Bed(BedSent e)
    {
        var writer = Header(e, "ADT", "A20", "ADT_A20");
        Evn(writer, e, "A20", e.OccurredAt, null);
        var (code, text) = e.State switch
        {
            BedState.Clean => ("U", "Unoccupied"),
            BedState.Dirty => ("K", "Contaminated"),
            BedState.Cleaning => ("H", "Housekeeping"),
            _ => ("C", "Closed"),
        };
        Place(writer.Segment("NPU"), 1, e.Bed);
        return writer.Field(2, code, text, "HL70116").ToArray();
    }

    private byte[] Order(OrderSent e)
    {
        var writer = e.Resulted ? Header(e, "ORU", "R01", "ORU_R01") : Header(e, "ORM", "O01", "ORM_O01");
        Pid(writer, e.Person, 1);
        Pv(writer, e.Visit, 1, e.Person.Confidential);
        writer.Segment("ORC").Field(1, e.Resulted ? "RE" : "NW").Field(2, e.OrderNumber, "DEMOORD").Field(5, e.Resulted ? "CM" : "IP")
            .Field(9, timeline.Wall(e.OrderedAt));
        if (e.Visit.Attending is { } physician) Person(writer, 12, physician);
        var examination = e.Examination;
        writer.Segment("OBR").Field(1, 1).Field(2, e.OrderNumber, "DEMOORD").Field(4, examination.Code, examination.Text, "DEMO")
            .Field(6, timeline.Wall(e.OrderedAt));
        if (!e.Resulted) return writer.ToArray();
        writer.Field(7, timeline.Wall(e.OrderedAt)).Field(22, timeline.Wall(e.OccurredAt))
            .Field(24, examination.Department switch { "MON" => "PHY", "LAB" => "LAB", _ => "RAD" }).Field(25, "F");
        writer.Segment("OBX").Field(1, 1);
        if (examination.Unit is { } unit)
        {
            var value = examination.Low + (examination.High - examination.Low) * Dice.For(run.Hospital.Seed, "result", e.Sequence).Unit();
            writer.Field(2, "NM").Field(3, examination.Code, examination.Text, "DEMO")
                .Field(5, value.ToString("0.#", CultureInfo.InvariantCulture)).Field(6, unit).Field(11, "F");
        }
        else
        {
            writer.Field(2, "TX").Field(3, examination.Code, examination.Text, "DEMO").Field(5, "The report is available.").Field(11, "F");
        }

        return writer.Field(14, timeline.Wall(e.OccurredAt)).ToArray();
    }

    private Hl7MessageWriter Header(HospitalEvent e, string code, string trigger, string structure) => new Hl7MessageWriter().Header(
        IsLaboratory(e) ? DemoFloor.LaboratoryApplication : DemoFloor.Application, IsLaboratory(e) ? DemoFloor.Laboratory : DemoFloor.Facility,
        "JOURNEY", DemoFloor.Facility, timeline.Wall(e.At), code, trigger, run.ControlId(e.Sequence), structure);

    private bool IsLaboratory(HospitalEvent e) => run.Hospital.Habits.OtherSender && e is OrderSent;

    private void Evn(Hl7MessageWriter writer, HospitalEvent e, string trigger, DateTimeOffset occurred, DateTimeOffset? planned)
    {
        writer.Segment("EVN").Field(1, trigger).Field(2, timeline.Wall(e.At));
        if (planned is { } at) writer.Field(3, timeline.Wall(at));
        writer.Field(6, timeline.Wall(occurred));
    }

    private static void Pid(Hl7MessageWriter writer, PersonFacts person, int set)
    {
        writer.Segment("PID").Field(1, set).Field(3, person.Number, null, null, Authority, "MR")
            .Field(5, person.FamilyName, person.GivenName, null, null, null, null, "L")
            .Field(7, person.BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture)).Field(8, person.Sex)
            .Field(11, person.Street, null, person.City, null, null, null, "H").Field(13, person.Phone, "PRN", "PH")
            .Field(15, person.Language, null, "ISO639");
        if (person.Deceased) writer.Field(30, "Y");
    }

    private void Pv(Hl7MessageWriter writer, VisitFacts visit, int set, bool confidential)
    {
        writer.Segment("PV1").Field(1, set).Field(2, visit.Class);
        Place(writer, 3, Seated(visit));
        if (visit.Class == "E") writer.Field(4, "E");
        Place(writer, 6, visit.PriorLocation);
        if (visit.Attending is { } attending) Person(writer, 7, attending);
        if (visit.Service is { } service) writer.Field(10, service);
        Place(writer, 11, visit.TemporaryLocation);
        if (visit.AdmitSource is { } source) writer.Field(14, source);
        if (confidential) writer.Field(16, "VIP");
        writer.Field(19, visit.Number, null, null, Authority, "VN");
        if (visit.Disposition is { } disposition) writer.Field(36, disposition);
        Place(writer, 42, visit.PendingLocation);
        if (visit.AdmittedAt is { } admitted) writer.Field(44, timeline.Wall(admitted));
        if (visit.DischargedAt is { } discharged) writer.Field(45, timeline.Wall(discharged));
        if (visit.Complaint is null && visit.ExpectedAdmitAt is null && visit.ExpectedDischargeAt is null) return;
        writer.Segment("PV2");
        if (visit.Complaint is { } complaint) writer.Field(3, null, complaint);
        if (visit.ExpectedAdmitAt is { } admission) writer.Field(8, timeline.Wall(admission));
        if (visit.ExpectedDischargeAt is { } discharge) writer.Field(9, timeline.Wall(discharge));
    }

    /// <summary>In a waiting room with numbered chairs everybody has one, as long as they sit there.</summary>
    private FloorBed? Seated(VisitFacts visit) => run.Hospital.Habits.Chairs && visit.Location == DemoFloor.WaitingRoom
        ? DemoFloor.WaitingRoom with { Name = $"C{Dice.For(run.Hospital.Seed, visit.Number).Between(1, 30)}" }
        : visit.Location;

    private static void Place(Hl7MessageWriter writer, int field, FloorBed? place)
    {
        if (place is not null) writer.Field(field, place.Unit, place.Room, place.Name, DemoFloor.Facility);
    }

    private static void Person(Hl7MessageWriter writer, int field, StaffMember person) =>
        writer.Field(field, person.Id, person.FamilyName, person.GivenName, null, null, null, person.Title);

    private static string StructureOf(string trigger) => trigger switch
    {
        "A01" or "A04" or "A08" or "A13" => "ADT_A01",
        "A05" or "A14" or "A28" or "A31" => "ADT_A05",
        "A06" or "A07" => "ADT_A06",
        "A09" or "A10" or "A11" or "A12" => "ADT_A09",
        "A21" or "A22" or "A25" or "A26" or "A27" => "ADT_A21",
        "A40" => "ADT_A39",
        "A54" => "ADT_A54",
        _ => $"ADT_{trigger}",
    };
}
