using System.Text.Json;
using Journey.Api;
using Journey.Client.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Journey.Client.Live;

/// <summary>What is said to the hub, and what it says.</summary>
public sealed partial class BoardConnection
{
    /// <summary>Asks the hub for something. A refusal without <paramref name="refused"/> counts as no answer.</summary>
    private async Task Fetch<T>(
        HubConnection open, Func<CancellationToken, Task<T>> ask, Action<T> answered, Action<string>? refused = null, Action? failed = null)
    {
        using var inTime = Limited(_options.AnswerWithin);
        try
        {
            var answer = await ask(inTime.Token);
            if (_hub != open) return;
            MarkAlive();
            answered(answer);
        }
        catch (HubException problem) when (refused is not null && CodeOf(problem) is not null)
        {
            refused(CodeOf(problem)!);
        }
        catch (Exception problem) when (IsNoAnswer(problem))
        {
            if (_hub == open) failed?.Invoke();
            LogNoAnswer(problem.GetType().Name);
            return;
        }

        Changed?.Invoke();
    }

    /// <summary>The codes with which the hub says that asking again changes nothing. SignalR puts its own words before them.</summary>
    private static string? CodeOf(HubException refused) =>
        Array.Find((string[])[ProblemCodes.UnitUnknown, ProblemCodes.AccessDenied], code => refused.Message.Contains(code, StringComparison.Ordinal));

    private static bool IsNoAnswer(Exception problem) =>
        problem is HubException or InvalidOperationException or IOException or OperationCanceledException;

    private HubConnection Build(Uri server)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, Paths.BoardHub), connection =>
        {
            // A negotiation is two requests that must meet the same gateway; a WebSocket is one, and any gateway will do.
            connection.SkipNegotiation = true;
            connection.Transports = HttpTransportType.WebSockets;
            if (_options.AccessToken is { } token) connection.AccessTokenProvider = token;
            _options.Http?.Invoke(connection);
        });
        if (_options.Protocol is { } protocol) protocol(builder);
        else builder.AddJsonProtocol(json => json.PayloadSerializerOptions = new JsonSerializerOptions(JourneyJson.Default.Options));
        var open = builder.Build();
        open.On<BoardChange>(nameof(IBoardClient.BoardChanged), OnBoardChanged);
        open.On<Feed>(nameof(IBoardClient.FeedChanged), OnFeedChanged);
        open.On<IReadOnlyList<Unit>>(nameof(IBoardClient.UnitsChanged), OnUnitsChanged);
        open.On<OwedList>(nameof(IBoardClient.ListChanged), OnListChanged);
        open.On<Hotline>(nameof(IBoardClient.HotlineChanged), now => OnChanged(Hotline, now));
        open.On<GlassList>(nameof(IBoardClient.GlassChanged), now => OnChanged(Glass, now));
        open.On<FindingList>(nameof(IBoardClient.FindingsChanged), now => OnChanged(Findings, now));
        // The row that carries the alert arrives as a change of the board; the alert alone says nothing new.
        open.On<AlertChange>(nameof(IBoardClient.AlertChanged), _ => { });
        open.Closed += _ =>
        {
            if (_hub == open && !_stop.IsCancellationRequested) Disconnect();
            RetryNow();
            return Task.CompletedTask;
        };
        return open;
    }

    [LoggerMessage(4001, LogLevel.Information, "No connection to the board hub ({Problem}); trying again.")]
    private partial void LogNoConnection(string problem);

    [LoggerMessage(4002, LogLevel.Information, "The board hub did not answer ({Problem}).")]
    private partial void LogNoAnswer(string problem);

    [LoggerMessage(4003, LogLevel.Information, "Missed a change of {Unit} before version {Version}; fetching the board anew.")]
    private partial void LogGap(string unit, long version);
}
