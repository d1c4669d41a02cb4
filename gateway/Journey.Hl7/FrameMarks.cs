namespace Journey.Hl7;

/// <summary>What stands around a message on a connection (MLLP), and therefore in none.</summary>
internal static class FrameMarks
{
    public const byte Start = 0x0B;
    public const byte End = 0x1C;
}
