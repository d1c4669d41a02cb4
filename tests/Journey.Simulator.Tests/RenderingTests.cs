using System.Text;
using Journey.Hl7;
using Journey.Simulator.Feed;
using Journey.Simulator.Model;

namespace Journey.Simulator.Tests;

public class RenderingTests
{
    private static readonly Run Run = new(new Hospital(7, Stories.Start));
    private static readonly Hl7Rendering Rendering = new(Run, Timeline.Begin(Stories.Start, Stories.Start.AddHours(8), 1));

    [Fact]
    public void Every_message_parses_and_has_a_control_id_of_its_own()
    {
        var ids = new HashSet<string>();
        foreach (var (e, message) in Messages(2))
        {
            Assert.Equal(Run.ControlId(e.Sequence), message.ControlId);
            Assert.True(ids.Add(message.ControlId));
            Assert.InRange(message.ControlId.Length, 1, 20);
            Assert.Equal("DEMOHIS", message.SendingApplication);
            Assert.Equal("DEMO", message.SendingFacility);
            Assert.Equal("2.5.1", message.Version);
            Assert.True(message["MSH", 7].TryGetTime(TimeZoneInfo.Utc, out var sent) && sent.HasOffset);
            Assert.Equal(e.At, sent.Value);
        }

        Assert.True(ids.Count > 3000);
    }

    [Fact]
    public void What_an_event_says_is_what_the_message_says()
    {
        foreach (var (e, message) in Messages(1))
        {
            if (e is BedSent bed) Assert.Equal(bed.Bed.Room, message["NPU", 1].Component(2).Text);
            if (e is not AdtSent { Visit: { } visit } adt) continue;
            Assert.Equal(adt.Trigger, message.Trigger);
            Assert.Equal(adt.Person.Number, message["PID", 3].Component(1).Text);
            Assert.Equal("DEMO", message["PID", 3].Component(4).Text);
            Assert.Equal(adt.Person.FamilyName, message["PID", 5].Component(1).Text);
            Assert.Equal(adt.Person.GivenName, message["PID", 5].Component(2).Text);
            Assert.Equal(visit.Number, message["PV1", 19].Component(1).Text);
            Assert.Equal(visit.Location!.Unit, message["PV1", 3].Component(1).Text);
            Assert.Equal(visit.Location.Name, message["PV1", 3].Component(3).Text);
            Assert.Equal(visit.Attending?.FamilyName ?? "", message["PV1", 7].Component(2).Text);
            Assert.True(message["EVN", 6].TryGetTime(TimeZoneInfo.Utc, out var occurred));
            Assert.Equal(adt.CancelledAt ?? adt.OccurredAt, occurred.Value);
            Assert.Equal(adt.Contacts.Length, message.All("NK1").Count());
        }
    }

    [Fact]
    public void A_swap_carries_both_patients()
    {
        var (e, message) = Messages(1).First(m => m.Message.Trigger == "A17");
        var swap = (AdtSent)e;
        Assert.Equal([swap.Person.Number, swap.Other!.Value.Person.Number], message.All("PID").Select(p => p[3].Component(1).Text));
        Assert.Equal([swap.Visit!.Number, swap.Other.Value.Visit.Number], message.All("PV1").Select(p => p[19].Component(1).Text));
    }

    [Fact]
    public void A_merge_names_the_number_that_is_given_up()
    {
        var (e, message) = Messages(1).First(m => m.Message.Trigger == "A40");
        Assert.Equal(((AdtSent)e).PriorNumber, message["MRG", 1].Component(1).Text);
        Assert.NotEqual(message["PID", 3].Component(1).Text, message["MRG", 1].Component(1).Text);
    }

    [Fact]
    public void Control_ids_and_bytes_are_the_same_when_a_run_is_told_again_after_a_restart()
    {
        var first = Messages(0.5).Select(m => Encoding.UTF8.GetString(m.Message.Bytes.Span)).ToList();
        var run = new Run(new Hospital(7, Stories.Start));
        var timeline = Timeline.Begin(Stories.Start, Stories.Start.AddHours(8), 1).Resume(Stories.Start.AddHours(9), Stories.Start.AddHours(10), 1);
        var again = Stories.Told(7, 0.5).Select(new Hl7Rendering(run, timeline).Render).OfType<byte[]>().Select(Encoding.UTF8.GetString);
        Assert.Equal(first, again);
    }

    private static IEnumerable<(HospitalEvent Event, Hl7Message Message)> Messages(double days)
    {
        foreach (var e in Stories.Told(7, days))
        {
            if (Rendering.Render(e) is { } bytes) yield return (e, Hl7Message.Parse(bytes));
        }
    }
}
