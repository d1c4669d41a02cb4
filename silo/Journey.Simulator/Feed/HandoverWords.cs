namespace Journey.Simulator.Feed;

/// <summary>What is said when a patient changes hands, by those who are told at once and those who live it.</summary>
internal static class HandoverWords
{
    public const string ReadBack = "I have the patient: what is open I take over, what was promised I keep, and I call early if it gets worse.";
}
