using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Client.Live;

/// <summary>Where a <see cref="BoardConnection"/> connects to, as whom, and how patient it is.</summary>
public sealed class BoardConnectionOptions
{
    /// <summary>
    /// Base addresses of gateways, such as <c>https://journey.example</c>; at least one. Each attempt takes the next one in turn. With a load
    /// balancer in front there is one.
    /// </summary>
    public required IReadOnlyList<Uri> Servers { get; init; }

    /// <summary>Gives the bearer token for each attempt to connect; null where a cookie signs in, or nobody has to.</summary>
    public Func<Task<string?>>? AccessToken { get; init; }

    /// <summary>
    /// Awaited after each attempt that failed, for at most <see cref="AnswerWithin"/>: a WebSocket that is refused does not say why, and here one may
    /// ask. Must not throw.
    /// </summary>
    public Func<CancellationToken, Task>? ConnectFailed { get; init; }

    /// <summary>Sets what else the transport needs: a client certificate, a proxy, headers. Null: nothing.</summary>
    public Action<HttpConnectionOptions>? Http { get; init; }

    /// <summary>How often the server is asked for its time, which also shows that it answers. Greater than zero; 5 s by default.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A server that takes longer than this to answer counts as gone. Greater than zero; 4 s by default.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long one attempt to connect may take. Greater than zero; 10 s by default.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Pauses between attempts double up to this, with half of it by chance, so that hundreds of clients do not return in one instant. Greater than
    /// zero; 4 s by default.
    /// </summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// A board that nobody confirmed for so long makes the connection <see cref="LinkState.Unsure"/>. The gateway confirms a quiet board every 10 s
    /// unless configured otherwise. Greater than zero; 30 s by default.
    /// </summary>
    public TimeSpan UnsureAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// For how long a board that nobody watches any more is kept current, so that whoever comes back to it does not wait. Zero or more; 30 s by
    /// default.
    /// </summary>
    public TimeSpan KeepUnwatched { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Null: JSON.</summary>
    internal Action<IHubConnectionBuilder>? Protocol { get; set; }

    /// <summary>Speaks MessagePack with the hub instead of JSON: smaller, and cheaper to read where no code is generated for JSON.</summary>
    /// <returns>These options.</returns>
    [RequiresUnreferencedCode("MessagePack reads by reflection; a trimmed application speaks JSON.")]
    public BoardConnectionOptions UseMessagePack()
    {
        Protocol = builder => builder.AddMessagePackProtocol();
        return this;
    }

    internal void Check()
    {
        if (Servers.Count == 0) throw new ArgumentException("Name at least one server.", nameof(Servers));
        foreach (var (name, span) in ((string, TimeSpan)[])[
            (nameof(Heartbeat), Heartbeat), (nameof(AnswerWithin), AnswerWithin), (nameof(ConnectWithin), ConnectWithin),
            (nameof(LongestPause), LongestPause), (nameof(UnsureAfter), UnsureAfter)])
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepUnwatched, TimeSpan.Zero, nameof(KeepUnwatched));
    }
}
