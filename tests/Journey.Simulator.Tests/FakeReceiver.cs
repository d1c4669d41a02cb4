using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Journey.Api;
using Journey.Hl7;
using Journey.Hl7.Mllp;
using Journey.Simulator.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Journey.Simulator.Tests;

/// <summary>A receiver on real ports that remembers what came and can be made to answer badly.</summary>
internal sealed class FakeReceiver : IMllpHandler, IAsyncDisposable
{
    private MllpServer? _mllp;
    private readonly WebApplication _http;
    private readonly ConcurrentDictionary<string, Guid> _visits = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _http = builder.Build();
        _http.MapGet(Paths.Units, () => Results.Json(new[] { Unit("ED", Census) }, JsonSerializerOptions.Web));
        _http.MapGet(Paths.Units + "/{unit}/board", () => Results.NotFound());
        _http.MapGet(Paths.Visits, (string number) => Results.Json(Found(number).ToArray(), JsonSerializerOptions.Web));
        _http.MapPost(Paths.Visits + "/{id}/{**rest}", Entered);
    }

    public ConcurrentQueue<Hl7Message> Messages { get; } = new();

    /// <summary>Over which connection each of them came.</summary>
    public ConcurrentQueue<long> Connections { get; } = new();
    public ConcurrentQueue<(Guid Visit, string Path, string Key, string By, string Body, int MessagesBefore)> Entries { get; } = new();
    public Task FirstMessage => _first.Task;
    public int Census { get; set; }
    public int Port { get; private set; }
    public DemoTeller? Teller { get; set; }
    public Uri BaseUrl => new(_http.Urls.First());

    /// <summary>How many times a message has come decides about its answer; null drops the connection.</summary>
    public Func<Hl7Message, int, AckCode?> Answer { get; set; } = (_, _) => AckCode.AA;

    public Func<string, int> EntryStatus { get; set; } = _ => 200;

    public static async Task<FakeReceiver> Open(bool openMllp = true)
    {
        var receiver = new FakeReceiver();
        await receiver._http.StartAsync();
        if (openMllp) receiver.OpenMllp();
        else receiver.Port = Ports.Free();
        return receiver;
    }

    public void OpenMllp()
    {
        _mllp = new MllpServer(new MllpServerOptions { Port = Port }, this);
        _mllp.Start();
        Port = _mllp.LocalEndPoint!.Port;
    }

    /// <summary>True once the teller has found nobody at the port; throws when it gave up.</summary>
    public bool Lost(Task telling) =>
        telling.IsCompleted ? throw new InvalidOperationException("It ended without a receiver.") : Teller is { Tally.Lost: > 0 };

    public Guid? VisitOf(string number) => _visits.TryGetValue(number, out var id) ? id : null;

    public ValueTask<MllpReply> Handle(MllpFrame frame, CancellationToken cancellationToken)
    {
        var message = Hl7Message.Parse(frame.Payload.ToArray());
        var times = Messages.Count(m => m.ControlId == message.ControlId) + 1;
        Messages.Enqueue(message);
        Connections.Enqueue(frame.Connection.Id);
        _first.TrySetResult();
        var code = Answer(message, times);
        if (code is null) throw new InvalidOperationException("broken on purpose");
        if (code == AckCode.AA && message["PV1", 19].Component(1).Text is { Length: > 0 } number) _visits.TryAdd(number, Guid.NewGuid());
        return ValueTask.FromResult<MllpReply>(Acknowledgement.Create(message, code.Value, DateTimeOffset.UnixEpoch, "A"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_mllp is not null) await _mllp.DisposeAsync();
        await _http.DisposeAsync();
    }

    private async Task<IResult> Entered(string id, string rest, HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var status = EntryStatus(rest);
        if (status != 200) return Results.StatusCode(status);
        var (key, by) =
            (http.Request.Headers[Paths.IdempotencyKey].ToString(), Uri.UnescapeDataString(http.Request.Headers[Paths.ActingAs].ToString()));
        Entries.Enqueue((Guid.Parse(id), rest, key, by, body, Messages.Count));
        return Results.Json(new CommandResult("accepted", 1, Guid.NewGuid()), JsonSerializerOptions.Web);
    }

    private IEnumerable<FoundVisit> Found(string number)
    {
        var somebody = new Patient("X", null, null, null);
        if (VisitOf(number) is { } id) yield return new FoundVisit(id, number, "ED", null, somebody, "emergency", "present", "arrived", null, null);
    }

    private static Unit Unit(string code, int present) => new(code, code, present, 0, 0, 0, 0, 0, 0, 0, null, 0, DateTimeOffset.UnixEpoch);
}
