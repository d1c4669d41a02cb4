using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Grains.Storage;
using Journey.Storage.Sealing;

namespace Journey.Storage.Journal;

/// <summary>The journal, the cards and the message log of one database: writing shares commits, reading goes straight to the engine.</summary>
internal sealed class JournalStore(GroupCommit commits, IReader reader, Seals seals) : IJournal, ICards, IMessageLog
{
    public async Task<AppendResult> Append(Commit commit)
    {
        var job = new AppendJob(seals.Seal(commit with
        {
            RecordedAt = Sanitized.Time(commit.RecordedAt),
            Payload = Sanitized.Json(commit.Payload),
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
        var job = new LogJob(seals.Seal(Storable(message)), outcome with { Reason = outcome.Reason is { } reason ? Sanitized.Text(reason) : null });
        await commits.Enqueue(job);
        await job.Done;
    }

    public async Task<IReadOnlyList<LoggedMessage>> Newest(long? before, int count, CancellationToken cancellation = default) =>
        [.. (await reader.Newest(before, count, cancellation)).Select(line => line with { Message = seals.Open(line.Message) })];

    public Task<int> Trim(DateTimeOffset before, CancellationToken cancellation = default) => reader.Trim(before, cancellation);

    public Task<int> TrimInbox(DateTimeOffset before, CancellationToken cancellation = default) => reader.TrimInbox(before, cancellation);

    public Task<IReadOnlyList<VisitCard>> OnUnit(string unit, DateTimeOffset closedSince, CancellationToken cancellation = default) =>
        Opened(reader.OnUnit(Sanitized.Text(unit), closedSince, cancellation));

    public Task<BoardMark> Mark(string unit, DateTimeOffset closedSince, CancellationToken cancellation = default) =>
        reader.Mark(Sanitized.Text(unit), closedSince, cancellation);

    public Task<IReadOnlyList<string>> Units(DateTimeOffset closedSince, CancellationToken cancellation = default) =>
        reader.Units(closedSince, cancellation);

    public Task<IReadOnlyList<VisitCard>> ByNumber(string number, CancellationToken cancellation = default) =>
        Opened(reader.ByNumber(Sanitized.Text(number), cancellation));

    public Task<IReadOnlyList<BedStay>> BedStays(string unit, int perBed, CancellationToken cancellation = default) =>
        reader.BedStays(Sanitized.Text(unit), perBed, cancellation);

    public Task<IReadOnlyList<VisitCard>> Search(IReadOnlyList<string> words, int count, CancellationToken cancellation = default) =>
        Opened(reader.Search([.. words.SelectMany(word => Sanitized.Words(word).Split(' ', StringSplitOptions.RemoveEmptyEntries))], count,
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

    private static MessageKey Storable(MessageKey key) => key with { Source = Sanitized.Text(key.Source), MessageId = Sanitized.Text(key.MessageId) };

    private static MessageRecord Storable(MessageRecord message) => message with
    {
        Feed = Sanitized.Text(message.Feed),
        Source = Sanitized.Text(message.Source),
        ControlId = Sanitized.Text(message.ControlId),
        Type = Sanitized.Text(message.Type),
        ReceivedAt = Sanitized.Time(message.ReceivedAt),
    };

    private static VisitCard Storable(VisitCard card) => card with
    {
        Unit = Sanitized.Text(card.Unit),
        Status = Sanitized.Text(card.Status),
        Number = card.Number is { } number ? Sanitized.Text(number) : null,
        SearchText = Sanitized.Words(card.SearchText),
        OccurredAt = Sanitized.Time(card.OccurredAt),
        ClosedAt = Sanitized.Time(card.ClosedAt),
        NextDeadline = Sanitized.Time(card.NextDeadline),
        Beds = card.Beds is { } beds ? [.. beds.Select(Storable)] : null,
        Alerts = card.Alerts is { } alerts ? [.. alerts.Select(Storable)] : null,
    };

    private static AlertFact Storable(AlertFact alert) => alert with
    {
        Unit = Sanitized.Text(alert.Unit),
        RaisedAt = Sanitized.Time(alert.RaisedAt),
        TakenAt = Sanitized.Time(alert.TakenAt),
        EndedAt = Sanitized.Time(alert.EndedAt),
    };

    private static Stay Storable(Stay stay) => new(
        new Location(Sanitized.Text(stay.Location.Unit), stay.Location.Room is { } room ? Sanitized.Text(room) : null,
            Sanitized.Text(stay.Location.Bed!)),
        Sanitized.Time(stay.Since), Sanitized.Time(stay.Until));
}
