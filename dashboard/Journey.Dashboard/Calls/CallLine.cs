using Journey.Api;
using Journey.Dashboard.Live;
using Journey.Dashboard.Staff;

namespace Journey.Dashboard.Calls;

/// <summary>Where a call stands, in the order in which somebody must act.</summary>
public enum Stage { Ringing, Talking, CallBack, Ended }

/// <summary>The hotline in words and numbers.</summary>
public static class CallLine
{
    public static Stage StageOf(Call call) => call.State switch
    {
        "ringing" => Stage.Ringing,
        "callback-due" => Stage.CallBack,
        "answered" when call.EndedAt is null => Stage.Talking,
        _ => Stage.Ended,
    };

    public static string Who(Call call) => call.Caller ?? call.Number ?? "an unknown caller";

    public static string Ending(Call call) => (call.State, call.Question) switch
    {
        ("abandoned", _) => "Caller gave up",
        ("called-back", _) => "Called back",
        (_, not null) => "Became a question",
        _ => "Answered",
    };

    /// <summary>A whole percentage; null of nothing.</summary>
    public static int? Share(int part, int whole) => whole == 0 ? null : (int)Math.Round(100.0 * part / whole);

    public static Intent Ring(CallRequest call) =>
        Intent.Of(new(Guid.Empty, call.Caller ?? call.Number ?? "an unknown caller"), Paths.Hotline + "/calls", call, JourneyJson.Default.CallRequest, "Call entered") with { CanBeUndone = false };

    public static Intent Answer(Call call) => Of(call, "answer", "You answered");

    public static Intent GaveUp(Call call) => Of(call, "abandon", "Caller gave up");

    public static Intent Finish(Call call) => Of(call, "finish", "Call ended");

    public static Intent CalledBack(Call call) => Of(call, "called-back", "Called back");

    public static Intent Promise(Call call, CallbackRequest promise) =>
        Intent.Of(About(call), Address(call, "callback"), promise, JourneyJson.Default.CallbackRequest, "Call back promised") with { CanBeUndone = false };

    public static Intent Ask(Call call, CallQuestionRequest question) =>
        Intent.Of(About(call), Address(call, "question"), question, JourneyJson.Default.CallQuestionRequest, "Now a question on the visit") with { CanBeUndone = false };

    private static Intent Of(Call call, string path, string says) => Intent.Of(About(call), Address(call, path), new(), JourneyJson.Default.Nothing, says) with { CanBeUndone = false };

    private static Subject About(Call call) => new(Guid.Empty, Who(call));

    private static string Address(Call call, string path) => $"{Paths.Hotline}/calls/{call.Id}/{path}";
}
