using System.Threading.Channels;
using Journey.Grains.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Journey.Storage.Postgres;

/// <summary>
/// Reads of single streams that wait at the same time share one query. Each grain that wakes reads its stream, and a new patient wakes five: the round
/// trip and the statement cost more than the rows. Nobody lingers for more: the time of the query under way gathers the next ones.
/// </summary>
internal sealed class StreamReads : IAsyncDisposable
{
    /// <summary>Queries at a time; a long stream holds up those beside it, not those behind it.</summary>
    private const int Readers = 2;

    private const int MostAtOnce = 128;

    private const string Sql = """
        select r.position, j.version, j.recorded_at, j.command_id, j.actor, j.payload
          from unnest($1, $2, $3) with ordinality as r(stream, after, most, position)
         cross join lateral (select version, recorded_at, command_id, actor, payload from journal
                              where stream = r.stream and version > r.after order by version limit r.most) j
         order by r.position, j.version
        """;

    private static readonly Statement<Request[]> Asked = new Statement<Request[]>(Sql)
        .With(NpgsqlDbType.Text, r => r.Stream)
        .With(NpgsqlDbType.Bigint, r => r.After)
        .With(NpgsqlDbType.Bigint, r => (long)r.Most);

    private readonly NpgsqlDataSource _source;
    private readonly Channel<Request> _waiting = Channel.CreateBounded<Request>(10_000);
    private readonly Task[] _readers;

    public StreamReads(NpgsqlDataSource source)
    {
        _source = source;
        _readers = [.. Enumerable.Range(0, Readers).Select(_ => Task.Run(Serve))];
    }

    public async Task<IReadOnlyList<JournalEntry>> Read(string stream, long after, int most, CancellationToken cancellation)
    {
        var request = new Request(stream, after, most);
        try
        {
            await _waiting.Writer.WriteAsync(request, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new StorageException("The store is shutting down; nothing was read.", e);
        }

        return await request.Done.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_readers);
    }

    private async Task Serve()
    {
        var requests = new List<Request>(MostAtOnce);
        Line? line = null;
        while (await _waiting.Reader.WaitToReadAsync())
        {
            requests.Clear();
            while (requests.Count < MostAtOnce && _waiting.Reader.TryRead(out var request)) requests.Add(request);
            if (requests.Count > 0) line = await Answer([.. requests], line);
        }

        if (line is not null) await line.DisposeAsync();
    }

    /// <summary>Answers everybody, and never throws: the reader goes on whatever happened. Returns the line to go on with; null for a new one.</summary>
    private async Task<Line?> Answer(Request[] requests, Line? line)
    {
        try
        {
            line ??= await Line.Open(_source);
            await line.Read(requests);
        }
        catch (Exception e)
        {
            var explained = PostgresErrors.Explain(e);
            foreach (var request in requests) request.Fail(explained);
            if (line is not null) await line.DisposeAsync();
            return null;
        }

        foreach (var request in requests) request.Complete();
        return line;
    }

    /// <summary>A connection with the query prepared on it.</summary>
    private sealed class Line : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlBatchCommand _command = Asked.Make();
        private readonly NpgsqlBatch _batch;

        private Line(NpgsqlConnection connection)
        {
            _connection = connection;
            _batch = new NpgsqlBatch(connection) { BatchCommands = { _command } };
        }

        public static async Task<Line> Open(NpgsqlDataSource source) => new(await source.OpenConnectionAsync());

        public async Task Read(Request[] requests)
        {
            Asked.Fill(_command, requests);
            // Asks the server the first time.
            await _batch.PrepareAsync();
            await using var rows = await _batch.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                var request = requests[(int)rows.GetInt64(0) - 1];
                request.Entries.Add(new JournalEntry(request.Stream, rows.GetInt64(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetGuid(3),
                    rows.GetString(4), rows.GetFieldValue<byte[]>(5)));
            }
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }

    private sealed class Request(string stream, long after, int most)
    {
        private readonly TaskCompletionSource<IReadOnlyList<JournalEntry>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Stream => stream;

        public long After => after;

        public int Most => most;

        public List<JournalEntry> Entries { get; } = [];

        public Task<IReadOnlyList<JournalEntry>> Done => _done.Task;

        public void Complete() => _done.TrySetResult(Entries);

        public void Fail(Exception exception) => _done.TrySetException(exception);
    }
}
