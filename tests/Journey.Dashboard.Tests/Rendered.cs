using System.Net;
using System.Text.RegularExpressions;
using Journey.Api;
using Journey.Client.Live;
using Journey.Dashboard.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;

namespace Journey.Dashboard.Tests;

/// <summary>
/// A component as HTML, at a fixed time, with the services it has in a browser; neither a browser nor a hub is there, and a server only as far as a
/// test answers for it.
/// </summary>
internal static partial class Rendered
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static Task<string> Html<T>(params (string Name, object? Value)[] parameters) where T : IComponent => Html<T>(null, [], parameters);

    /// <summary>For who is signed in.</summary>
    /// <param name="lists">As the hub told of them.</param>
    public static Task<string> HtmlFor<T>(Me me, IReadOnlyList<OwedList> lists, (string Path, string Json)[] answers,
        params (string Name, object? Value)[] parameters) where T : IComponent => Render<T>(services =>
    {
        services.GetRequiredService<Person>().SignedIn(me);
        foreach (var list in lists) services.GetRequiredService<BoardConnection>().WatchList(list.Addressee).Take(list);
    }, answers, parameters);

    /// <summary>Where the server has been asked who is signed in.</summary>
    public static Task<string> HtmlAsked<T>(string me) where T : IComponent =>
        Render<T>(services => services.GetRequiredService<Session>().Begin().GetAwaiter().GetResult(), [(Paths.Me, me)], []);

    /// <summary>For who is signed in and watches one of the units, as the hub told of them.</summary>
    public static Task<string> HtmlOf<T>(Me me, IReadOnlyList<Unit> units, Board board, (string Path, string Json)[] answers,
        params (string Name, object? Value)[] parameters) where T : IComponent => Render<T>(services =>
    {
        services.GetRequiredService<Person>().SignedIn(me);
        var connection = services.GetRequiredService<BoardConnection>();
        connection.Watch(board.Unit).Take(board);
        connection.Take(units);
    }, answers, parameters);

    /// <param name="board">As the hub told of it, to whom watches that unit's desk or wall.</param>
    /// <param name="answers">What the server answers, as JSON, by the end of the path.</param>
    public static Task<string> Html<T>((Board Board, bool Wall)? board, (string Path, string Json)[] answers,
        params (string Name, object? Value)[] parameters) where T : IComponent => Render<T>(services =>
    {
        if (board is { } told) services.GetRequiredService<BoardConnection>().Watch(told.Board.Unit, told.Wall).Take(told.Board);
    }, answers, parameters);

    private static async Task<string> Render<T>(Action<IServiceProvider> prepare, (string Path, string Json)[] answers,
        (string Name, object? Value)[] parameters) where T : IComponent
    {
        var clock = new Stopped();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IJSRuntime, NoBrowser>();
        services.AddSingleton<NavigationManager, Nowhere>();
        services.AddLogging();
        services.AddJourneyDashboard(new HttpClient(new Server(answers)) { BaseAddress = new Uri("http://localhost/") });
        await using var provider = services.BuildServiceProvider();
        prepare(provider);
        await using var renderer = new HtmlRenderer(provider, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value))))
            .ToHtmlString());
    }

    /// <summary>What a person reads of it, one space between words.</summary>
    public static string Text(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ").Trim();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }

    private sealed class Server((string Path, string Json)[] answers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            Array.Find(answers, answer => request.RequestUri!.AbsolutePath.EndsWith(answer.Path, StringComparison.Ordinal)) is { Json: { } json }
                ? new HttpResponseMessage(json.Contains("access-denied", StringComparison.Ordinal)
                    ? HttpStatusCode.Forbidden
                    : HttpStatusCode.OK)
                { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") }
                : new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
    }

    private sealed class NoBrowser : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            throw new InvalidOperationException($"{identifier} was asked of a browser.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            InvokeAsync<TValue>(identifier, args);
    }

    private sealed class Nowhere : NavigationManager
    {
        public Nowhere() => Initialize("http://localhost/", "http://localhost/");
    }
}
