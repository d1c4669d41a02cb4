using System.Collections.Immutable;
using Journey.Contracts.Access;
using Journey.Domain.Access;
using Journey.Domain.Policies;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Access;

/// <summary>What one person looked at in a week. The entries of the trail are weighed as they are told, and never read again.</summary>
[GrainType("looks")]
internal sealed class LooksGrain(IJournal journal, Policy policy, TimeProvider clock) : Grain, ILooksGrain
{
    /// <summary>Who was away for longer begins with what is usual for the role.</summary>
    private const int WeeksBack = 5;

    /// <summary>What was found before this activation, and may not have been told: whoever noted it comes again within minutes.</summary>
    private static readonly TimeSpan Untold = TimeSpan.FromHours(1);

    /// <summary>Findings as the list has them.</summary>
    private readonly HashSet<Finding> told = [];
    private EventStream<LookBook> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(journal, DeactivateOnIdle, this.GetPrimaryKeyString(), LookBook.Empty, Fold);
        return Activation.Read(async () =>
        {
            await stream.CatchUp(cancellationToken);
            told.UnionWith(stream.State.Findings.Where(finding => finding.At < clock.GetUtcNow() - Untold));
        });
    }

    public async Task Note(NoteLooks command)
    {
        if (!stream.Has(command.Id))
        {
            var carried = stream.Version == 0 ? await WeeksBefore() : null;
            var events = LookDecider.Decide(carried ?? stream.State, command, policy);
            if (carried is not null) events = events.Insert(0, new LooksCarried(carried));
            await stream.Append(command.Id, command.By, clock.GetRecordedNow(), LookJson.Write(command.By, events));
        }

        // A retry finds its way here too: the list knows what it has.
        var news = stream.State.Findings.Where(finding => !told.Contains(finding)).ToImmutableArray();
        if (news.IsEmpty) return;
        await GrainFactory.GetGrain<IFindingsGrain>(FindingKeys.All).Take(command.Id.Derive("findings"), news);
        told.UnionWith(news);
    }

    /// <summary>The book as the last week with anything in it left it; null when there is none.</summary>
    private async Task<LookBook?> WeeksBefore()
    {
        for (var weeks = 1; weeks <= WeeksBack; weeks++)
        {
            var before = await journal.Read(LookKeys.Before(this.GetPrimaryKeyString(), weeks), 0);
            if (before.Count == 0) continue;
            var book = before.Aggregate(LookBook.Empty, (state, commit) => Fold(state, commit.Payload));
            told.UnionWith(book.Findings);
            return book;
        }

        return null;
    }

    private static LookBook Fold(LookBook state, ReadOnlyMemory<byte> payload) => LookJson.Read(payload.Span).Aggregate(state, (book, e) => book.Fold(e));
}
