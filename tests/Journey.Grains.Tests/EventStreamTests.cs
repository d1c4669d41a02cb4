using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Hotline;
using Journey.Contracts.Staff;
using Journey.Domain;
using Journey.Domain.Access;
using Journey.Domain.Beds;
using Journey.Domain.Facts;
using Journey.Domain.Hotline;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using Journey.Domain.Staff;
using Journey.Domain.Views;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Tests;

/// <summary>The shell alone, over every kind of stream: bugs in what it is given, two activations at once, two commands at once.</summary>
public sealed class EventStreamTests
{
    private static readonly DateTimeOffset At = new(2031, 3, 14, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Some = new("dddddddd-0000-5000-8000-000000000001");

    private static readonly Dictionary<string, object> Events = new()
    {
        [StreamKinds.Visit] = new AcuitySet(At, 2),
        [StreamKinds.Patient] = new PatientMerged(new PatientId(Some)),
        [StreamKinds.Number] = new NumberNames(Some, Some, At),
        [StreamKinds.Unit] = new BedsReported([new BedFact("3", "A", BedStatus.Dirty, At)]),
        [StreamKinds.Sessions] = new SessionEnded("20310314-7", At, null),
        [HotlineKeys.All] = new CallRang(Some, At, "Lee Moss", null, At),
        [GlassKeys.All] = new GlassAsked(Some, new VisitId(Some), "emergency", null, At),
        [LookKeys.Prefix] = new ShiftTurned(At),
        [FindingKeys.All] = new LooksLost(7, At),
        [StaffKeys.All] = new Enrolled(new StaffMember("staff/kim", "Kim Reyes", ["nurse"], ["ED"])),
        [RuleKeys.House] = new RuleSwitched("ed.triage", "ED", RuleSwitch.Shadow, At),
        [ViewKeys.Prefix] = new ViewDeleted(1, At),
    };

    private readonly MemoryJournal _journal = new();
    private readonly Faults _faults = new();
    private int _givenUp;
    private int _moved;

    public static TheoryData<string> Kinds() => [.. KnownStreams.All.Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public Task A_bug_in_the_codec_is_told_as_one_and_writes_nothing(string kind) => Over(kind, nameof(CodecBug));

    [Theory, MemberData(nameof(Kinds))]
    public Task A_bug_in_the_fold_is_told_as_one_and_writes_nothing(string kind) => Over(kind, nameof(FoldBug));

    [Theory, MemberData(nameof(Kinds))]
    public Task Whoever_was_overtaken_reads_what_the_other_wrote_and_decides_anew(string kind) => Over(kind, nameof(Overtaken));

    [Theory, MemberData(nameof(Kinds))]
    public Task What_another_activation_did_is_not_done_again(string kind) => Over(kind, nameof(DoneElsewhere));

    [Theory, MemberData(nameof(Kinds))]
    public Task Of_two_commands_at_once_in_a_reentrant_grain_both_are_done_once(string kind) => Over(kind, nameof(Together));

    [Theory, MemberData(nameof(Kinds))]
    public Task After_an_outcome_that_nobody_knows_nothing_is_written_until_the_stream_was_read(string kind) => Over(kind, nameof(Unknown));

    [Theory, MemberData(nameof(Kinds))]
    public Task A_grain_that_stays_reads_the_stream_again_before_the_next_command(string kind) => Over(kind, nameof(Stays));

    private async Task CodecBug<TState, TEvent>(StreamKind<TState, TEvent> kind, TEvent e)
    {
        var codec = new FailsOnce<TEvent>(kind.Codec);
        var stream = await Open(kind with { Codec = codec });
        await ToldAsABug(stream, e);
    }

    private async Task FoldBug<TState, TEvent>(StreamKind<TState, TEvent> kind, TEvent e)
    {
        var hasFailed = false;
        var stream =
            await Open(kind with
            {
                Fold = (state, commit) => !hasFailed && (hasFailed = true)
                ? throw new InvalidOperationException("A bug.")
                : kind.Fold(state, commit)
            });
        await ToldAsABug(stream, e);
    }

    private async Task ToldAsABug<TState, TEvent>(EventStream<TState, TEvent> stream, TEvent e)
    {
        var (command, before) = (NewId(), stream.State);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Send(stream, command, e));
        Assert.Equal((0, false, 0, 0), (_journal.Entries.Count, stream.IsBehind, _givenUp, _moved));
        Assert.Equal(before, stream.State);
        Assert.Equal(OutcomeKind.Accepted, (await Send(stream, command, e)).Kind);
        Assert.Equal(OutcomeKind.Repeated, (await Send(stream, command, e)).Kind);
        Assert.Single(_journal.Entries);
    }

    private async Task Overtaken<TState, TEvent>(StreamKind<TState, TEvent> kind, TEvent e)
    {
        var (one, other) = (await Open(kind), await Open(kind));
        await Send(other, NewId(), e);
        Assert.Equal(new Outcome(OutcomeKind.Accepted, 2), await Send(one, NewId(), e));
        Assert.Equal((2, 2L, 0), (_journal.Entries.Count, one.Version, _givenUp));
        // What was decided on the state as it was is not decided again: the caller asks anew.
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => other.Commit(NewId(), Actor.System, [e]));
        Assert.Equal((2, true, 1), (_journal.Entries.Count, other.IsBehind, _givenUp));
    }

    private async Task DoneElsewhere<TState, TEvent>(StreamKind<TState, TEvent> kind, TEvent e)
    {
        var (one, other, command) = (await Open(kind), await Open(kind), NewId());
        await Send(other, command, e);
        await Send(other, NewId(), e);
        Assert.Equal(new Outcome(OutcomeKind.Repeated, 2), await Send(one, command, e));
        Assert.True(one.Has(command));
        Assert.Equal(2, _journal.Entries.Count);
    }

    private async Task Together<TState, TEvent>(StreamKind<TState, TEvent> kind, TEvent e)
    {
        var stream = await Open(kind);
        var answer = new TaskCompletionSource();
        _journal.HeldBack = answer.Task;
        var first = Send(stream, NewId(), e);
        Assert.Equal(OutcomeKind.Accepted, (await Send(stream, NewId(), e)).Kind);
        answer.SetResult();
        Assert.Equal(OutcomeKind.Accepted, (await first).Kind);
        Assert.Equal((2, 2L), (_journal.Entries.Count, stream.Version));
    }

    private async Task Unknown<TState, TEvent>(StreamKind<TState, TEvent> kind, TEvent e)
    {
        var (stream, command) = (await Open(kind), NewId());
        _faults.Next(kind.Name, Fault.AfterWriting);
        Assert.Equal("StorageException", (await Assert.ThrowsAsync<OutcomeUnknownException>(() => Send(stream, command, e))).Cause);
        Assert.Equal((1, 0L, true, 1, 0), (_journal.Entries.Count, stream.Version, stream.IsBehind, _givenUp, _moved));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Send(stream, NewId(), e));
        Assert.Single(_journal.Entries);
        Assert.Equal(new Outcome(OutcomeKind.Repeated, 1), await Send(await Open(kind), command, e));
    }

    private async Task Stays<TState, TEvent>(StreamKind<TState, TEvent> kind, TEvent e)
    {
        var (stream, command) =
            (new EventStream<TState, TEvent>(kind, kind.Name, new FaultyJournal(_journal, _faults), TimeProvider.System), NewId());
        await stream.Open(TestContext.Current.CancellationToken);
        _faults.Next(kind.Name, Fault.AfterWriting);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Send(stream, command, e));
        Assert.Equal(new Outcome(OutcomeKind.Repeated, 1), await Send(stream, command, e));
        Assert.False(stream.IsBehind);
    }

    private async Task<EventStream<TState, TEvent>> Open<TState, TEvent>(StreamKind<TState, TEvent> kind)
    {
        var stream = new EventStream<TState, TEvent>(kind, kind.Name, new FaultyJournal(_journal, _faults),
            TimeProvider.System)
        { GiveUp = () => _givenUp++, Moved = _ => _moved++ };
        await stream.Open(TestContext.Current.CancellationToken);
        return stream;
    }

    /// <summary>A kind that <c>GoldenTests</c> was not told of would be written without anybody holding it to its first version.</summary>
    [Fact]
    public void Every_event_of_every_kind_has_its_golden_file()
    {
        var golden = Directory.EnumerateFiles(Repository.Folder("tests/Journey.Domain.Tests/Golden"), "*.json", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var written = KnownStreams.All.Select(kind => kind.GetType().GetGenericArguments()[1])
            .SelectMany(root => root.GetCustomAttributes<JsonDerivedTypeAttribute>()).Select(kind => (string)kind.TypeDiscriminator!);
        Assert.Equal([], written.Where(name => !golden.Contains(name)));
    }

    private static Task<Outcome> Send<TState, TEvent>(EventStream<TState, TEvent> stream, CommandId command, TEvent e) =>
        stream.Execute(command, Actor.System, (_, _) => e);

    private static CommandId NewId() => new(Guid.NewGuid());

    /// <summary>A kind that has no event above fails here.</summary>
    private Task Over(string name, string test)
    {
        var kind = KnownStreams.All.Single(known => known.Name == name);
        Assert.True(Events.ContainsKey(name), $"Streams of kind '{name}' have no event among those above.");
        return (Task)GetType().GetMethod(test, BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(kind.GetType().GetGenericArguments()).Invoke(this, [kind, Events[name]])!;
    }

    private sealed class FailsOnce<TEvent>(EventCodec<TEvent> codec) : EventCodec<TEvent>
    {
        private bool _hasFailed;

        public override SensitiveShape Shape => codec.Shape;

        public override IReadOnlyList<StoredText> Texts => codec.Texts;

        public override byte[] Write(Actor by, ImmutableArray<TEvent> events) =>
            !_hasFailed && (_hasFailed = true) ? throw new InvalidOperationException("A bug.") : codec.Write(by, events);

        public override (Actor? By, ImmutableArray<TEvent> Events) Read(ReadOnlySpan<byte> payload) => codec.Read(payload);
    }
}
