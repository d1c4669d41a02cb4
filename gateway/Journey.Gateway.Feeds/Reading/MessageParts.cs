using Journey.Hl7;

namespace Journey.Gateway.Feeds.Reading;

/// <summary>The segments that belong together: a person, and their visit. Swaps and merges bring several.</summary>
internal sealed class PersonPart
{
    public Hl7Segment Pid { get; init; }
    public Hl7Segment Pd1 { get; set; }
    public Hl7Segment Mrg { get; set; }
    public Hl7Segment Pv1 { get; set; }
    public Hl7Segment Pv2 { get; set; }
    public List<Hl7Segment> Nk1 { get; } = [];
    public List<Hl7Segment> Obx { get; } = [];

    /// <summary>Everything else that stands below the person, and what stood above the first.</summary>
    public List<Hl7Segment> Others { get; } = [];

    /// <summary>The first segment of that kind; an absent one when there is none.</summary>
    public Hl7Segment Segment(string id) => id switch
    {
        "PID" => Pid,
        "PD1" => Pd1,
        "MRG" => Mrg,
        "PV1" => Pv1,
        "PV2" => Pv2,
        "NK1" => Nk1.FirstOrDefault(),
        "OBX" => Obx.FirstOrDefault(),
        _ => Others.FirstOrDefault(segment => segment.Id == id),
    };

    /// <summary>Cuts a message at each PID, and at each MRG after the first of a person (A45 lists several visits below one PID).</summary>
    public static List<PersonPart> AllIn(Hl7Message message)
    {
        var parts = new List<PersonPart>();
        var part = new PersonPart();
        foreach (var segment in message.Segments)
        {
            switch (segment.Id)
            {
                case "PID":
                    var above = part;
                    Close();
                    part = new PersonPart { Pid = segment };
                    if (parts.Count == 0) part.Others.AddRange(above.Others);
                    break;
                case "PD1": part.Pd1 = segment; break;
                case "MRG" when part.Mrg.Exists:
                    Close();
                    part = new PersonPart { Pid = part.Pid, Pd1 = part.Pd1, Mrg = segment };
                    break;
                case "MRG": part.Mrg = segment; break;
                case "PV1" when !part.Pv1.Exists: part.Pv1 = segment; break;
                case "PV2" when !part.Pv2.Exists: part.Pv2 = segment; break;
                case "NK1": part.Nk1.Add(segment); break;
                case "OBX": part.Obx.Add(segment); break;
                default: part.Others.Add(segment); break;
            }
        }

        Close();
        return parts;

        void Close()
        {
            if (part.Pid.Exists || part.Pv1.Exists || part.Mrg.Exists) parts.Add(part);
        }
    }
}
