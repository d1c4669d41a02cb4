using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Alerts;

/// <summary>Who is on whose list: everything a row says is owed, with whom it concerns.</summary>
public static class OwedBy
{
    /// <summary>Every (addressee, item) of a row; see <see cref="StaffKeys"/>.</summary>
    public static IEnumerable<(string Addressee, ListItem Item)> ItemsOf(VisitRow row)
    {
        foreach (var owed in row.Owed)
            yield return (owed.Owner is { } owner ? StaffKeys.Person(owner.Id) : StaffKeys.Role(StaffRoles.ChargeNurse, row.Unit), Item(row, owed));
        if (row.Handoff is { } handoff)
        {
            var owed = new OwedView(handoff.Id, OwedKind.Handoff, handoff.Role.ToString().ToLowerInvariant(),
                handoff.State.ToString().ToLowerInvariant(),
                handoff.State == HandoffState.Offered ? handoff.To : handoff.From, handoff.OfferedAt, null);
            yield return (owed.Owner is { } owner ? StaffKeys.Person(owner.Id) : StaffKeys.Role(StaffRoles.ChargeNurse, row.Unit), Item(row, owed));
            if (handoff.State == HandoffState.Required) yield return (StaffKeys.Role(StaffRoles.ChargeNurse, row.Unit), Item(row, owed));
        }

        foreach (var alert in row.Alerts)
        {
            // An item's own line says it already, to its owner; the ladder's further rungs have no such line.
            if (alert is { Kind: "question" or "request" or "handoff", State: AlertState.Raised } && alert.EscalatedTo is null or Rung.Assigned)
                continue;
            foreach (var addressee in Addressees(row, alert))
                yield return (addressee, new ListItem(row.Visit, row.Unit, row.Location, row.Patient,
                    new OwedView(alert.Id, OwedKind.Alert, alert.Rule, alert.State.ToString().ToLowerInvariant(), alert.Responsible, alert.RaisedAt,
                        alert.DueAt), alert.Says, alert.Severity));
        }
    }

    private static IEnumerable<string> Addressees(VisitRow row, AlertView alert) => alert switch
    {
        { State: AlertState.Acknowledged, Owner: { } owner } => [StaffKeys.Person(owner.Id)],
        // Snoozed is quiet, but the charge nurse sees that it is.
        { State: AlertState.Snoozed } => [StaffKeys.Role(StaffRoles.ChargeNurse, row.Unit)],
        { EscalatedTo: { } role } when role != Rung.Assigned => [StaffKeys.Role(role, row.Unit)],
        { Digested: false, Responsible: { } person } => [StaffKeys.Person(person.Id)],
        _ => [StaffKeys.Role(StaffRoles.ChargeNurse, row.Unit)],
    };

    private static ListItem Item(VisitRow row, OwedView owed) => new(row.Visit, row.Unit, row.Location, row.Patient, owed, null, null);
}
