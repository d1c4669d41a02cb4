using System.Security.Cryptography;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Live.Views;

/// <summary>
/// A wall's rows: what a wall shows and nothing beside it. No time but those that run on it, nobody who has left, nobody's provider, and no id:
/// whoever copies what a screen in a corridor is sent can ask for no visit with it.
/// </summary>
internal static class WallRows
{
    /// <summary>Of this process, and of no other: a row's key tells one row from the next, for as long as a screen is connected.</summary>
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static Guid KeyOf(Guid id)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, id.ToByteArray(), hash);
        return new Guid(hash[..16]);
    }

    /// <summary>Who is on a wall at all: whoever is here, or is to come.</summary>
    public static bool Shows(VisitRow row) => row.Status is VisitStatus.Present or VisitStatus.OnLeave or VisitStatus.Expected;

    public static Api.BoardRow From(VisitRow row) => Plain(row) with
    {
        Patient = PatientNames.For(row.Patient, Audience.Wall),
        Clock = row.Clock is { } clock ? new(clock.Rule, clock.Says, default, clock.WarnAt, clock.DueAt) : null,
        Acuity = row.Acuity,
        Away = RowViews.Away(row),
        Plan = row.Plan is { } plan
            ? new(WireName<PlanKind>.Joined(plan.Kind), null, plan.ExpectedAt, plan.Since, plan.To?.Unit, plan.To?.Room, plan.To?.Bed)
            : null,
        Alerts = row.Alerts.IsDefaultOrEmpty
            ? []
            : [.. row.Alerts.Where(alert => alert.State is AlertState.Raised or AlertState.Acknowledged).Select(Alert)],
        Family = Nobody with { WaitingSince = row.Family.WaitingSince },
        Handoff = row.Handoff is { } handoff
            ? new(Guid.Empty, WireName<Contracts.Care.HandoffState>.Dashed(handoff.State), "", null, null, handoff.OfferedAt,
                handoff.OfferedAt, null, null)
            : null,
        PlaceKind = row.PlaceKind is PlaceKind.Unknown ? null : WireName<PlaceKind>.Dashed(row.PlaceKind),
    };

    /// <summary>A bed that is taken.</summary>
    public static Api.BoardRow Taken(VisitRow row) => Plain(row) with { Withheld = true };

    private static readonly Api.Family Nobody = new(null, null, null, null, null, null, false, []);

    private static Api.BoardRow Plain(VisitRow row) => new()
    {
        VisitId = KeyOf(row.Visit.Value),
        Room = row.Location?.Room,
        Bed = row.Location?.Bed,
        Patient = new("", null, null, null),
        Class = WireName<PatientClass>.Joined(PatientClass.Unknown),
        Status = WireName<VisitStatus>.Joined(row.Status),
        Step = row.Step,
        StepSince = row.StepSince,
        Nurse = RowViews.Name(row.Nurse),
        Family = Nobody,
        ProbablyGone = row.IsProbablyGone,
    };

    /// <summary>That it is there, since when it is due, and who has it.</summary>
    private static Api.Alert Alert(AlertView alert) => new(
        KeyOf(alert.Id), alert.Rule, alert.Kind, alert.Says, WireName<Severity>.Joined(alert.Severity), WireName<AlertState>.Joined(alert.State),
        alert.RaisedAt, alert.DueAt,
        alert.Owner is { } owner ? owner.Name ?? owner.Id : null, null, null, null, null, null);
}
