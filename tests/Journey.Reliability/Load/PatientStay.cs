namespace Journey.Reliability.Load;

/// <summary>
/// One visit as its sender knows it: what boards must show once every message of it is acknowledged. Nothing of the product's is asked.
/// </summary>
internal sealed class PatientStay(string number, DateTimeOffset arrivedAt)
{
    public string Number { get; } = number;
    public DateTimeOffset ArrivedAt { get; } = arrivedAt;
    public string Unit { get; set; } = "";
    public int Bed { get; set; }

    /// <summary>The identifier that its person goes by now.</summary>
    public string Person { get; set; } = "P" + number;

    /// <summary>What a hospital does to it on the way, beside moves and updates.</summary>
    public Turn Turn { get; init; }

    /// <summary>True for the second visit of somebody who was admitted: the emergency department's clock no longer runs.</summary>
    public bool IsAdmission { get; init; }

    /// <summary>The attending physician's name of its last message: tells which message a board has seen.</summary>
    public int Mark { get; set; }

    /// <summary>When its departure was first sent; null while it is here.</summary>
    public DateTimeOffset? LeavingAt { get; set; }

    /// <summary>When its departure was acknowledged.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>How long it stays; null until the round ends.</summary>
    public TimeSpan? For { get; init; }
}

/// <summary>What befalls a visit in its third step.</summary>
internal enum Turn
{
    None,

    /// <summary>Two records of the person become one (A40); some desks go on by the retired identifier.</summary>
    Merged,

    /// <summary>A move to another unit that never was (A02, A12).</summary>
    MovedByMistake,

    /// <summary>Admitted under a visit number of its own (A01), with no end of the emergency visit.</summary>
    AdmittedAnew,
}
