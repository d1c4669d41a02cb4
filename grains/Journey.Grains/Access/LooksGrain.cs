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
    private readonly HashSet<Finding> _told = [];
    private EventStream<LookBook, LookEvent> _stream = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Looks, this.GetPrimaryKeyString(), journal, clock) { GiveUp = DeactivateOnIdle };
        await _stream.Open(cancellationToken);
        _told.UnionWith(_stream.State.Findings.Where(finding => finding.At < clock.GetUtcNow() - Untold));
    }

    public async Task Note(NoteLooks command)
    {
        var carried = _stream.Version == 0 ? await WeeksBefore() : null;
        await _stream.Execute(command.Id, command.By, (book, _) =>
        {
            // Another activation may have begun the week meanwhile: then the weeks before are carried already.
            if (carried is null || _stream.Version > 0) return LookDecider.Decide(book, command, policy);
            return LookDecider.Decide(carried, command, policy).Insert(0, new LooksCarried(carried));
        });

        // A retry comes here too: the list takes each finding once.
        var news = _stream.State.Findings.Where(finding => !_told.Contains(finding)).ToImmutableArray();
        if (news.IsEmpty) return;
        await GrainFactory.GetGrain<IFindingsGrain>(FindingKeys.All).Take(command.Id.Derive("findings"), news);
        _told.UnionWith(news);
    }

    /// <summary>The book as the last week with anything in it left it; null when there is none.</summary>
    private async Task<LookBook?> WeeksBefore()
    {
        for (var weeks = 1; weeks <= WeeksBack; weeks++)
        {
            var (book, version) = await KnownStreams.Looks.Read(journal, LookKeys.Before(this.GetPrimaryKeyString(), weeks));
            if (version == 0) continue;
            _told.UnionWith(book.Findings);
            return book;
        }

        return null;
    }
}
