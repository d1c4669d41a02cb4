using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using Journey.Grains.Storage;

namespace Journey.Grains.Visits;

/// <summary>A visit as boards show it and its card has it; made once for each version.</summary>
/// <param name="Deadline">The deadline on the card; a review that finds nothing to do must still move it on.</param>
/// <param name="Beds">Every stay in a bed. The same array for as long as it says the same.</param>
/// <param name="Words">By which it is found.</param>
internal readonly record struct VisitFace(long Version, VisitRow Row, DateTimeOffset? Deadline, ImmutableArray<Stay> Beds, VisitWords Words)
{
    public static readonly VisitFace None = new(0, new(), null, [], VisitWords.None);

    /// <summary>The board that shows it; empty when none does.</summary>
    public string Unit => Row.Status is VisitStatus.Cancelled or VisitStatus.Deleted or VisitStatus.Unknown ? "" : Row.Unit;

    /// <summary>The visit as it shows later.</summary>
    public VisitFace Next(VisitId id, Visit visit, Policy policy, DateTimeOffset? deadline)
    {
        var beds = VisitProjection.BedStays(visit);
        return new(visit.Version, VisitProjection.Row(id, visit, policy), deadline, beds.SequenceEqual(Beds) ? Beds : beds, Words.Of(visit));
    }

    /// <summary>The card that goes with the commit by which it shows so.</summary>
    /// <param name="was">How it showed before.</param>
    public VisitCard Card(VisitId id, Visit before, Visit visit, VisitFace was)
    {
        var course = visit.Course;
        return new VisitCard(
            id.Value, Version, Row.Unit, course.Status.ToString(),
            course.Status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave or VisitStatus.Departed,
            visit.Number, Words.Text, course.ArrivedAt ?? course.ExpectedAt
                ?? visit.HeardAt, course.EndedAt, Deadline, VisitJson.WriteRow(Row),
            Beds == was.Beds ? null : Beds, Facts(before, visit));
    }

    /// <summary>The beds of one unit that it is or was in.</summary>
    public ImmutableArray<Stay> BedsOf(string unit) => Beds.RemoveAll(stay => stay.Location.Unit != unit);

    /// <summary>The alerts that a commit raised, changed or ended; null when none.</summary>
    private static ImmutableArray<AlertFact>? Facts(Visit before, Visit after)
    {
        if (before.Alerts == after.Alerts) return null;
        ImmutableArray<AlertFact> changed =
        [
            .. after.Alerts.Where(alert => !before.Alerts.Contains(alert))
                .Select(a => new AlertFact(a.Rule, after.Course.Unit, a.Severity, a is { IsShadow: true, LadderSince: null, TakenAt: null },
                    a.RaisedAt, a.TakenAt, a.ResolvedAt, a.Resolution)),
        ];
        return changed.IsEmpty ? null : changed;
    }
}

/// <summary>The words by which a visit is found, made anew only for another person or number.</summary>
internal readonly record struct VisitWords(string Text, PatientRef? Patient, string? Number)
{
    public static readonly VisitWords None = new("", null, null);

    public VisitWords Of(Visit visit) => ReferenceEquals(visit.Patient, Patient) && visit.Number == Number
        ? this
        : new(VisitProjection.SearchText(visit), visit.Patient, visit.Number);
}
