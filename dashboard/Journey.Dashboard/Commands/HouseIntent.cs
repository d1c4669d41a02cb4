using Journey.Api;
using Journey.Client.Http;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Commands;

/// <summary>What is recorded of no visit: shifts, calls, rules, reviews, sessions and walls. Hardly any of it can be taken back by a tap.</summary>
public static class HouseIntent
{
    public static Intent BeginShift(ShiftRequest shift) =>
        About($"{Say.Role(shift.Role ?? "")} on {shift.Unit}", HouseCommands.BeginShift(shift), $"{shift.Name} is on duty");

    /// <param name="leavePatients">True: they have no nurse from then on.</param>
    public static Intent EndShift(Shift shift, bool leavePatients) =>
        About($"{Say.Role(shift.Role)} on {shift.Unit}",
            HouseCommands.EndShift(new(shift.Name, shift.Role, shift.Unit) { LeavePatients = leavePatients }), $"{shift.Name} is off duty");

    public static Intent Ring(CallRequest call) => About(Say.Caller(call.Caller, call.Number), HouseCommands.Ring(call), "Call entered");

    public static Intent AnswerCall(Call call) => About(call, HouseCommands.AnswerCall(call.Id), "You answered");

    public static Intent AbandonCall(Call call) => About(call, HouseCommands.AbandonCall(call.Id), "Caller gave up");

    public static Intent FinishCall(Call call) => About(call, HouseCommands.FinishCall(call.Id), "Call ended");

    public static Intent CallBack(Call call) => About(call, HouseCommands.CallBack(call.Id), "Called back");

    public static Intent PromiseCallback(Call call, CallbackRequest promise) =>
        About(call, HouseCommands.PromiseCallback(call.Id, promise), "Call back promised");

    public static Intent MakeQuestion(Call call, CallQuestionRequest question) =>
        About(call, HouseCommands.MakeQuestion(call.Id, question), "Now a question on the visit");

    /// <param name="to">One of <see cref="RuleStandings"/>.</param>
    public static Intent SwitchRule(Rule rule, string unitName, string to, string? reason = null) =>
        About(unitName, HouseCommands.SwitchRule(rule.Key, new(to, rule.Unit) { Reason = reason }), to switch
        {
            RuleStandings.On => $"{rule.Says} calls",
            RuleStandings.Shadow => $"{rule.Says} is in shadow",
            _ => $"{rule.Says} is not reported",
        });

    public static Intent SaveView(string name, BoardLayout layout) =>
        About($"“{name}”", HouseCommands.SaveView(new(name, layout)), "View kept");

    public static Intent DeleteView(SavedView view) => About($"“{view.Name}”", HouseCommands.DeleteView(view.Id), "View deleted");

    public static Intent ReviewGlass(Guid grant, GlassReviewRequest review) =>
        new(Guid.Empty, HouseCommands.ReviewGlass(grant, review), "Review recorded") { CanBeUndone = false };

    /// <param name="says">What a toast says of it, with whom it is about.</param>
    public static Intent JudgeFinding(Guid finding, string verdict, string says) =>
        new(Guid.Empty, HouseCommands.JudgeFinding(finding, new(verdict)), says);

    public static Intent EndSession(OpenSession session, string? reason) =>
        About(session.Name, HouseCommands.EndSession(session.Id, new(reason)), "Signed out");

    public static Intent AdmitWall(WallRequest wall) => About(wall.Name!, HouseCommands.AdmitWall(wall), $"Wall of {wall.Unit} enrolled");

    public static Intent RemoveWall(OpenSession wall) => About(wall.Name, HouseCommands.RemoveWall(wall.Id), "Wall removed");

    private static Intent About(Call call, Command command, string says) => About(Say.Caller(call.Caller, call.Number), command, says);

    private static Intent About(string who, Command command, string says) =>
        Intent.About(Subject.Named(who), command, says) with { CanBeUndone = false };
}
