namespace Journey.Reliability.Load;

/// <summary>One visit as its sender knows it: what boards must show once every message of it is acknowledged. Nothing of the product's is asked.</summary>
internal sealed class PatientStay(string number, DateTimeOffset arrivedAt)
{
    public string Number { get; } = number;
    public DateTimeOffset ArrivedAt { get; } = arrivedAt;
    public string Unit { get; set; } = "";
    public int Bed { get; set; }

    /// <summary>The attending physician's name of its last message: tells which message a board has seen.</summary>
    public int Mark { get; set; }

    /// <summary>When its departure was first sent; null while it is here.</summary>
    public DateTimeOffset? LeavingAt { get; set; }

    /// <summary>When its departure was acknowledged.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>How long it stays; null until the round ends.</summary>
    public TimeSpan? For { get; init; }
}
