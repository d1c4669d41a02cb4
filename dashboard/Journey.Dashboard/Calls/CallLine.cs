using Journey.Api;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Calls;

/// <summary>Where a call stands, in the order in which somebody must act.</summary>
public enum Stage { Ringing, Talking, CallBack, Ended }

/// <summary>The hotline in words and numbers.</summary>
public static class CallLine
{
    public static Stage StageOf(Call call) => call.State switch
    {
        CallStates.Ringing => Stage.Ringing,
        CallStates.CallbackDue => Stage.CallBack,
        CallStates.Answered when call.EndedAt is null => Stage.Talking,
        _ => Stage.Ended,
    };

    public static string Who(Call call) => Say.Caller(call.Caller, call.Number);

    public static string Ending(Call call) => (call.State, call.Question) switch
    {
        (CallStates.Abandoned, _) => "Caller gave up",
        (CallStates.CalledBack, _) => "Called back",
        (_, not null) => "Became a question",
        _ => "Answered",
    };

    /// <summary>A whole percentage; null of nothing.</summary>
    public static int? Share(int part, int whole) => whole == 0 ? null : (int)Math.Round(100.0 * part / whole);
}
