using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Grains.Storage;
using Journey.Storage.Sealing;

namespace Journey.Storage.Journal;

/// <summary>The journal, the cards and the message log of one database: writing shares commits, reading goes straight to the engine.</summary>
internal sealed class Journal(GroupCommit commits, IReader reader, Seals seals) : IJournal, ICards, IMessageLog
{
    public async Task<AppendResult> Append(Commit commit)
    {
        var job = new AppendJob(seals.Seal(commit with
        {
            RecordedAt = Clean.Time(commit.RecordedAt),
            Payload = Clean.Json(commit.Payload),
            Card = commit.Card is { } card ? Storable(card) : null,
            Message = commit.Message is { } key ? Storable(key) : null,
            Line = commit.Line is { } line ? Storable(line) : null,
        }));
        await commits.Enqueue(job);
        return await job.Done;
    }

    public async Task<IReadOnlyList<JournalEntry>> Read(string stream, long afterVersion, int most, CancellationToken cancellation) =>
        [.. (await reader.Read(stream, afterVersion, most, cancellation)).Select(seals.Open)];

    public Task<bool> Knows(MessageKey message, CancellationToken cancellation = default) => reader.Knows(Storable(message), cancellation);

    public async Task Append(MessageRecord message, IntakeOutcome outcome)
    {
        var job = new LogJob(seals.Seal(Storable(message)), outcome with { Reason = outcome.Reason is { } reason ? Clean.Text(reason) : null });
        await commits.Enqueue(job);
        await job.Done;
    }

    public async Task<IReadOnlyList<LoggedMessage>> Newest(long? before, int count, CancellationToken cancellation = default) =>
        [.. (await reader.Newest(before, count, cancellation)).Select(line => line with { Message = seals.Open(line.Message) })];

    public Task<int> Trim(DateTimeOffset before, CancellationToken cancellation = default) => reader.Trim(before, cancellation);

    public Task<int> TrimInbox(DateTimeOffset before, CancellationToken cancellation = default) => reader.TrimInbox(before, cancellation);

    public Task<IReadOnlyList<VisitCard>> OnUnit(string unit, DateTimeOffset closedSince, CancellationToken cancellation = default) =>
        Opened(reader.OnUnit(Clean.Text(unit), closedSince, cancellation));

    public Task<BoardMark> Mark(string unit, DateTimeOffset closedSince, CancellationToken cancellation = default) =>
        reader.Mark(Clean.Text(unit), closedSince, cancellation);

    public Task<IReadOnlyList<string>> Units(DateTimeOffset closedSince, CancellationToken cancellation = default) =>
        reader.Units(closedSince, cancellation);

    public Task<IReadOnlyList<VisitCard>> ByNumber(string number, CancellationToken cancellation = default) =>
        Opened(reader.ByNumber(Clean.Text(number), cancellation));

    public Task<IReadOnlyList<BedStay>> BedStays(string unit, int perBed, CancellationToken cancellation = default) =>
        reader.BedStays(Clean.Text(unit), perBed, cancellation);

    public Task<IReadOnlyList<VisitCard>> Search(IReadOnlyList<string> words, int count, CancellationToken cancellation = default) =>
        Opened(reader.Search([.. words.SelectMany(word => Clean.Words(word).Split(' ', StringSplitOptions.RemoveEmptyEntries))], count,
            cancellation));

    public Task<IReadOnlyList<UsualTime>> UsualTimes(DateTimeOffset closedSince, int fewest, CancellationToken cancellation = default) =>
        reader.UsualTimes(closedSince, fewest, cancellation);

    public Task<IReadOnlyList<ReportedFact>> Reported(DateTimeOffset closedSince, CancellationToken cancellation = default) =>
        reader.Reported(closedSince, cancellation);

    public Task<IReadOnlyList<AlertFact>> Alerts(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation = default) =>
        reader.Alerts(from, until, cancellation);

    public Task<IReadOnlyList<Guid>> TakeOverdue(DateTimeOffset before, int count, TimeSpan lease, DateTimeOffset now,
        CancellationToken cancellation = default) => reader.TakeOverdue(before, count, lease, now, cancellation);

    private async Task<IReadOnlyList<VisitCard>> Opened(Task<IReadOnlyList<VisitCard>> cards) => [.. (await cards).Select(seals.Open)];

    private static MessageKey Storable(MessageKey key) => key with { Source = Clean.Text(key.Source), MessageId = Clean.Text(key.MessageId) };

    private static MessageRecord Storable(MessageRecord message) => message with
    {
        Feed = Clean.Text(message.Feed),
        Source = Clean.Text(message.Source),
        ControlId = Clean.Text(message.ControlId),
        Type = Clean.Text(message.Type),
        ReceivedAt = Clean.Time(message.ReceivedAt),
    };

    private static VisitCard Storable(VisitCard card) => card with
    {
        Unit = Clean.Text(card.Unit),
        Status = Clean.Text(card.Status),
        Number = card.Number is { } number ? Clean.Text(number) : null,
        SearchText = Clean.Words(card.SearchText),
        OccurredAt = Clean.Time(card.OccurredAt),
        ClosedAt = Clean.Time(card.ClosedAt),
        NextDeadline = Clean.Time(card.NextDeadline),
        Beds = card.Beds is { } beds ? [.. beds.Select(Storable)] : null,
        Alerts = card.Alerts is { } alerts ? [.. alerts.Select(Storable)] : null,
    };

    private static AlertFact Storable(AlertFact alert) => alert with
    {
        Unit = Clean.Text(alert.Unit),
        RaisedAt = Clean.Time(alert.RaisedAt),
        TakenAt = Clean.Time(alert.TakenAt),
        EndedAt = Clean.Time(alert.EndedAt),
    };

    private static Stay Storable(Stay stay) => new(
        new Location(Clean.Text(stay.Location.Unit), stay.Location.Room is { } room ? Clean.Text(room) : null, Clean.Text(stay.Location.Bed!)),
        Clean.Time(stay.Since), Clean.Time(stay.Until));
}
