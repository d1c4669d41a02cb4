using Journey.Contracts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using Journey.Grains.Alerts;
using Journey.Grains.Storage;

namespace Journey.Grains.Visits;

/// <summary>A row of a board that the rules doubt. Names no person.</summary>
public sealed record DoubtfulRow(VisitId Visit, string Unit, Location? Location, DateTimeOffset? LastSignAt, string Why);

/// <summary>
/// What the rules doubt in a store as it stands: each visit that a board shows is read from the journal and judged as if it were reviewed now.
/// Changes nothing, so that a store of an earlier version can be looked at before anybody works with it.
/// </summary>
public static class DoubtsReport
{
    public static async Task<IReadOnlyList<DoubtfulRow>> Run(IJournal journal, ICards cards, Policy policy, DateTimeOffset now)
    {
        policy = policy with { Norms = await LivePolicy.Norms(cards, policy, now) };
        var open = new List<(VisitId Id, Visit Visit)>();
        foreach (var unit in await cards.Units(now))
            foreach (var card in await cards.OnUnit(unit, now))
            {
                var id = new VisitId(card.Visit);
                var (visit, _) = await KnownStreams.Visit.Read(journal, StreamKinds.Visit + id);
                if (visit.Course.IsOpen) open.Add((id, visit));
            }

        var doubts = new List<DoubtfulRow>();
        foreach (var (id, visit) in open)
        {
            var reviewed = Reviewed(id, visit, policy, now);
            if (reviewed.Course.IsEnded) doubts.Add(Row(id, visit, "ends by rule: nothing was heard for too long"));
            foreach (var doubt in Doubts.Find(reviewed)) doubts.Add(Row(id, visit, doubt.Says));
        }

        foreach (var person in open.Where(v => v.Visit.Patient.Id != default).GroupBy(v => v.Visit.Patient.Id).Where(visits => visits.Count() > 1))
            foreach (var (id, visit) in person) doubts.Add(Row(id, visit, $"the same person is on {person.Count()} rows"));
        foreach (var bed in open.Where(v => v.Visit.Course.Location?.Bed is { Length: > 0 }).GroupBy(v => v.Visit.Course.Location!)
            .Where(visits => visits.Count() > 1))
            foreach (var (id, visit) in bed) doubts.Add(Row(id, visit, $"{bed.Count()} patients are in the same bed"));
        return doubts;
    }

    private static Visit Reviewed(VisitId id, Visit visit, Policy policy, DateTimeOffset now)
    {
        var events = VisitDecider.Review(id, visit, policy, now);
        return events.IsEmpty ? visit : VisitFold.Fold(visit, new VisitCommit(visit.Version, default, now, Actor.System, events));
    }

    private static DoubtfulRow Row(VisitId id, Visit visit, string why) =>
        new(id, visit.Course.Unit, visit.Course.Location, visit.Course.LastSignAt, why);
}
