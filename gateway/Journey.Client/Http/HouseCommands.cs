using System.Text.Json.Serialization.Metadata;
using Journey.Api;

namespace Journey.Client.Http;

/// <summary>
/// What may be recorded that is of no visit: shifts, the hotline, rules, reviews, sessions and walls. Each answers with a
/// <see cref="CommandResult"/>.
/// </summary>
public static class HouseCommands
{
    private static JourneyJson Json => JourneyJson.Default;

    /// <summary>Somebody is added to the staff directory, or changed.</summary>
    public static Command Enrol(StaffMember member) => Command.To(Paths.Staff, member, Json.StaffMember);

    /// <summary>Somebody begins a shift, or the one that they have changes.</summary>
    public static Command BeginShift(ShiftRequest shift) => Command.To(Paths.Shifts, shift, Json.ShiftRequest);

    /// <summary>Somebody's shift ends.</summary>
    public static Command EndShift(EndShiftRequest shift) => Command.To($"{Paths.Shifts}/end", shift, Json.EndShiftRequest);

    /// <summary>A call comes in.</summary>
    public static Command Ring(CallRequest call) => Command.To($"{Paths.Hotline}/calls", call, Json.CallRequest);

    /// <summary>Whoever sends it answers a call.</summary>
    public static Command AnswerCall(Guid call) => OfCall(call, "answer", new(), Json.Nothing);

    /// <summary>The caller gave up.</summary>
    public static Command AbandonCall(Guid call) => OfCall(call, "abandon", new(), Json.Nothing);

    /// <summary>An answered call is over.</summary>
    public static Command FinishCall(Guid call) => OfCall(call, "finish", new(), Json.Nothing);

    /// <summary>A call back is promised.</summary>
    public static Command PromiseCallback(Guid call, CallbackRequest callback) => OfCall(call, "callback", callback, Json.CallbackRequest);

    /// <summary>The caller was called back.</summary>
    public static Command CallBack(Guid call) => OfCall(call, "called-back", new(), Json.Nothing);

    /// <summary>A call is about a visit, and becomes a question there.</summary>
    public static Command MakeQuestion(Guid call, CallQuestionRequest question) => OfCall(call, "question", question, Json.CallQuestionRequest);

    /// <summary>A rule is switched on, off or into the shadow on a unit.</summary>
    /// <param name="rule">The rule's key, such as <c>ed.triage</c>.</param>
    /// <param name="to">What it becomes.</param>
    public static Command SwitchRule(string rule, SwitchRuleRequest to) =>
        Command.To($"{Paths.Rules}/{Uri.EscapeDataString(rule)}", to, Json.SwitchRuleRequest);

    /// <summary>The privacy officer has reviewed a breaking of the glass.</summary>
    public static Command ReviewGlass(Guid grant, GlassReviewRequest review) =>
        Command.To($"{Paths.Glass}/{grant}/review", review, Json.GlassReviewRequest);

    /// <summary>The privacy officer has judged a finding.</summary>
    public static Command JudgeFinding(Guid finding, JudgeFindingRequest judgement) =>
        Command.To($"{Paths.Findings}/{finding}/judgement", judgement, Json.JudgeFindingRequest);

    /// <summary>A session ends: whoever holds it is signed out.</summary>
    /// <param name="session">As in <see cref="OpenSession.Id"/>.</param>
    /// <param name="why">For the audit trail.</param>
    public static Command EndSession(string session, EndSessionRequest why) =>
        Command.To($"{Paths.Sessions}/{session}/end", why, Json.EndSessionRequest);

    /// <summary>A layout of boards is kept under a name.</summary>
    public static Command SaveView(SaveViewRequest view) => Command.To(Paths.Views, view, Json.SaveViewRequest);

    /// <summary>A view is deleted.</summary>
    /// <param name="view">As in <see cref="SavedView.Id"/>.</param>
    public static Command DeleteView(string view) => Command.To($"{Paths.Views}/{view}/delete", new(), Json.Nothing);

    /// <summary>A unit's board is shown by a view, as somebody left it, or as the policy says.</summary>
    public static Command ChooseView(ChooseViewRequest choice) => Command.To($"{Paths.Views}/choice", choice, Json.ChooseViewRequest);

    /// <summary>The screen that shows a code becomes the wall of a unit.</summary>
    public static Command AdmitWall(WallRequest wall) => Command.To(Paths.Walls, wall, Json.WallRequest);

    /// <summary>A wall's screen goes dark.</summary>
    /// <param name="session">As in <see cref="OpenSession.Id"/>.</param>
    public static Command RemoveWall(string session) => Command.To($"{Paths.Walls}/{session}/end", new(), Json.Nothing);

    private static Command OfCall<T>(Guid call, string path, T body, JsonTypeInfo<T> type) =>
        Command.To($"{Paths.Hotline}/calls/{call}/{path}", body, type);
}
