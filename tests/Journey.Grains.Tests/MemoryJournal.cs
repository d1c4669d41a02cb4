using System.Collections.Immutable;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;

namespace Journey.Grains.Tests;

/// <summary>The journal's contract without a store.</summary>
internal sealed class MemoryJournal : IJournal
{
    private ImmutableArray<JournalEntry> _entries = [];

    public IReadOnlyList<JournalEntry> Entries => _entries;

    /// <summary>Set: the next commit is written, and its answer waits for this.</summary>
    public Task? HeldBack { get; set; }

    public async Task<AppendResult> Append(Commit commit)
    {
        if (_entries.Any(e => e.CommandId == commit.CommandId)) return AppendResult.DuplicateCommand;
        if (commit.Version != _entries.Length + 1) return AppendResult.VersionConflict;
        _entries = _entries.Add(new(commit.Stream, commit.Version, commit.RecordedAt, commit.CommandId, commit.Actor, commit.Payload));
        var held = HeldBack;
        HeldBack = null;
        if (held is not null) await held;
        return AppendResult.Appended;
    }

    public Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int most, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<JournalEntry>>([.. _entries.Where(e => e.Version > afterVersion).Take(most)]);

    public Task<bool> Knows(MessageKey message, CancellationToken cancellation = default) => Task.FromResult(false);
}
