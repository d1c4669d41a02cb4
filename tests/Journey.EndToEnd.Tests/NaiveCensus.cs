namespace Journey.EndToEnd.Tests;

/// <summary>Who is in the house and where: a naive replay of a feed, by plain splitting and a handful of rules, with nothing of the product's.</summary>
internal sealed class NaiveCensus(string defaultUnit)
{
    private readonly Dictionary<string, Stay> stays = [];
    private readonly Dictionary<string, string> merged = [];
    private readonly Dictionary<string, string> current = [];

    /// <summary>Those present, each as <c>patient unit bed</c>, sorted.</summary>
    public string[] Present => [.. stays.Values.Where(stay => stay.Here).Select(stay => $"{Survivor(stay.Patient)} {stay.Unit ?? defaultUnit} {stay.Bed ?? "-"}").Order(StringComparer.Ordinal)];

    public void Hear(Plain message)
    {
        if (message.Code != "ADT") return;
        var patient = Survivor(message.Part("PID", 3, 1));
        if (message.Trigger is "A34" or "A40")
        {
            merged[message.Part("MRG", 1, 1)] = patient;
            if (current.Remove(message.Part("MRG", 1, 1), out var theirs)) current[patient] = theirs;
            return;
        }

        var number = message.Part("PV1", 19, 1);
        if (number.Length > 0 && message.Trigger is "A01" or "A04" or "A05") current[patient] = number;
        // Without a number it is the visit the patient is in.
        var key = number.Length > 0 ? number : current.GetValueOrDefault(patient, patient);
        switch (message.Trigger)
        {
            case "A01" or "A04" or "A02" or "A13":
                stays[key] = Placed(stays.GetValueOrDefault(key) ?? new Stay(patient), message) with { Here = true };
                break;
            case "A12" when stays.TryGetValue(key, out var moved):
                stays[key] = Placed(moved, message);
                break;
            case "A03" or "A11" or "A23" when stays.TryGetValue(key, out var left):
                stays[key] = left with { Here = false };
                break;
        }
    }

    /// <summary>Who somebody is after all merges so far.</summary>
    public string Survivor(string patient) => merged.TryGetValue(patient, out var into) ? Survivor(into) : patient;

    private static Stay Placed(Stay stay, Plain message) => message.Part("PV1", 3, 1) is { Length: > 0 } unit
        ? stay with { Unit = unit, Bed = message.Part("PV1", 3, 3) is { Length: > 0 } bed ? bed : null }
        : stay;

    private sealed record Stay(string Patient)
    {
        public bool Here { get; init; }
        public string? Unit { get; init; }
        public string? Bed { get; init; }
    }
}
