using System.Text;
using Journey.Contracts.Visits;
using Journey.Grains.Storage;
using Journey.Storage.Schema;
using Journey.Storage.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Journey.Storage.Tests;

/// <summary>A store as a silo has it, without the silo.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Store(Action<StorageOptions> configure) =>
        _services = new ServiceCollection().AddLogging(l => l.SetMinimumLevel(LogLevel.Warning)).AddMetrics().AddJourneyStorage(configure)
        .BuildServiceProvider();

    public IServiceProvider Services => _services;

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public ICards Cards => _services.GetRequiredService<ICards>();

    public IMessageLog Messages => _services.GetRequiredService<IMessageLog>();

    public IMigrator Migrator => _services.GetRequiredService<IMigrator>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>Makes commits.</summary>
public static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Guid Id(int n) => new(n, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);

    public static Commit Commit(string stream, long version, Guid? command = null, string payload = """{"n": 1}""", VisitCard? card = null,
        MessageKey? message = null) =>
        new(stream, version, Noon.AddSeconds(version), command ?? Guid.NewGuid(), "staff/1", Encoding.UTF8.GetBytes(payload), card, message);

    public static VisitCard Card(int visit, long version, string unit = "ED", string words = "smith anna 4711", DateTimeOffset? closed = null,
        DateTimeOffset? deadline = null, string? number = null, bool onBoard = true) =>
        new(Id(visit), version, unit, "present", onBoard, number, words, Noon.AddMinutes(visit), closed, deadline,
            Encoding.UTF8.GetBytes("""{"bed":"3"}"""));
}
