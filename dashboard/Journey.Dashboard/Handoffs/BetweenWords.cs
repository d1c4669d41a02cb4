using Journey.Api;

namespace Journey.Dashboard.Handoffs;

/// <summary>A patient between owners, in words: from whom, to whom, and what is missing.</summary>
public static class BetweenWords
{
    public static string Says(Handoff handoff) => handoff.State switch
    {
        HandoffStates.Required => $"{(handoff.From is { } from ? $"From {from}" : "Moved without a handoff")}: nobody is asked to take over yet",
        HandoffStates.Returned => $"{From(handoff)} to {handoff.To}, returned with a question",
        _ => $"{From(handoff)} to {handoff.To}, not read back yet",
    };

    private static string From(Handoff handoff) => handoff.From ?? "From nobody";
}
