namespace Journey.Hl7;

/// <summary>When a sender wants an acknowledgement (MSH-15, MSH-16; table 0155).</summary>
public enum AckCondition
{
    /// <summary>Not valued: in original mode one application acknowledgement, in enhanced mode none of this kind.</summary>
    Unspecified,

    /// <summary>AL: always.</summary>
    Always,

    /// <summary>NE: never.</summary>
    Never,

    /// <summary>ER: only when the message was refused.</summary>
    OnError,

    /// <summary>SU: only when the message succeeded.</summary>
    OnSuccess,
}

/// <summary>What an <see cref="AckCondition"/> asks for.</summary>
public static class AckConditions
{
    /// <summary>Whether an acknowledgement of this outcome is wanted in enhanced mode.</summary>
    /// <param name="condition">The condition the sender states.</param>
    /// <param name="success">True for AA or CA.</param>
    public static bool Wants(this AckCondition condition, bool success) => condition switch
    {
        AckCondition.Always => true,
        AckCondition.OnError => !success,
        AckCondition.OnSuccess => success,
        _ => false,
    };
}
