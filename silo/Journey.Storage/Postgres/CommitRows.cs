using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Grains.Storage;
using Journey.Storage.Journal;

namespace Journey.Storage.Postgres;

/// <summary>What one statement writes: the commits of a batch, and the stays and alerts of their cards, each with its visit.</summary>
internal sealed record CommitRows(Commit[] Commits, (Guid Visit, int Position, Stay Stay)[] Stays, (Guid Visit, AlertFact Alert)[] Alerts)
{
    public static CommitRows From(AppendJob[] jobs)
    {
        var commits = Array.ConvertAll(jobs, job => job.Commit);
        var stays = new List<(Guid, int, Stay)>();
        var alerts = new List<(Guid, AlertFact)>();
        foreach (var commit in commits)
        {
            if (commit.Card is not { } card) continue;
            if (card.Beds is { } beds)
                for (var position = 0; position < beds.Length; position++) stays.Add((card.Visit, position, beds[position]));
            if (card.Alerts is { } changed)
                foreach (var alert in changed) alerts.Add((card.Visit, alert));
        }

        return new(commits, [.. stays], [.. alerts]);
    }
}
