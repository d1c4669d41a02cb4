using Journey.Api;
using Journey.Dashboard.Commands;
using Journey.Dashboard.SignIn;

namespace Journey.Dashboard.Boards;

/// <summary>What a letter asks for on a line. None records anything by itself: see <see cref="StaffDesk.Ask"/>.</summary>
internal static class LineKeys
{
    public static void Press(string key, BoardRow row, StaffDesk desk, Person person)
    {
        // Of somebody who has probably left nothing is recorded by a letter.
        if (BoardQuery.IsToVerify(row)) return;
        switch (key)
        {
            case "n" when person.IsClinical && row.StepsAhead is [var next, ..]:
                desk.AskReach(row, next);
                break;
            case "t" when row.Status != VisitStatuses.Departed:
                desk.Ask(Intent.Told(row));
                break;
            case "w" when row.Family.WaitingSince is null:
                desk.Ask(Intent.Waiting(row));
                break;
            case "c" when person.IsClinical && row.Status is VisitStatuses.Present or VisitStatuses.OnLeave:
                desk.Ask(Intent.Contact(row));
                break;
            case "a" when BoardQuery.OpenAlerts(row).FirstOrDefault(a => a.State == AlertStates.Raised) is { } alert:
                desk.Ask(Intent.Acknowledge(Subject.From(row), alert.Id, alert.Says));
                break;
        }
    }
}
