using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Commands;
using Journey.Dashboard.SignIn;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Shell;

/// <summary>What can be done for the line that is chosen. What records something asks first: a scanner's Enter must not.</summary>
internal static class LineVerbs
{
    public static IEnumerable<PaletteEntry> Of(BoardRow row, StaffDesk desk, SheetOpener sheets, Person person)
    {
        var who = Say.Who(row);
        if (BoardQuery.IsToVerify(row) || row.Withheld) yield break;
        if (person.IsClinical && row.Status != VisitStatuses.Departed)
        {
            foreach (var step in row.StepsAhead) yield return Verb(Say.Reach(step), () => desk.AskReach(row, step));
            if (BoardQuery.CanBeActedOn(row))
            {
                yield return Verb("Checked", () => desk.Ask(Intent.Contact(row)));
                yield return Verb("Acuity…", () => sheets.Open(new Sheet.SetAcuity(row)));
                yield return Verb(row.Note is null ? "Write a note…" : "Change the note…", () => sheets.Open(CareSheets.Note(row)));
            }

            yield return Verb("Nurse…", () => sheets.Open(new Sheet.Assign(row, CareRoles.Nurse)));
            yield return Verb("Provider…", () => sheets.Open(new Sheet.Assign(row, CareRoles.Provider)));
        }

        if (person.IsCaring && row.Status is VisitStatuses.Present or VisitStatuses.OnLeave)
        {
            yield return Verb("Log update", () => desk.Ask(Intent.Told(row)));
            yield return Verb("Log details…", () => sheets.Open(new Sheet.Tell(row)));
            if (row.Family.WaitingSince is null) yield return Verb("Family is waiting", () => desk.Ask(Intent.Waiting(row)));
        }

        if (person.IsCaring)
            foreach (var alert in BoardQuery.OpenAlerts(row).Where(a => a.State == AlertStates.Raised))
                yield return Verb($"Acknowledge: {alert.Says}", () => desk.Ask(Intent.Acknowledge(Subject.From(row), alert.Id, alert.Says)));

        PaletteEntry Verb(string says, Action act) => new("Do", says, who, act) { AsksOn = true };
    }
}
