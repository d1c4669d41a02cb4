[assembly: AssemblyFixture(typeof(Journey.Storage.Tests.SharedPostgres))]

namespace Journey.Storage.Tests;

/// <summary>One server for the whole run, started by the first test that wants it; every test has a database of its own.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _server = new(PostgresServer.Create);

    public Task<PostgresServer> Server => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await (await _server.Value).DisposeAsync();
    }
}
