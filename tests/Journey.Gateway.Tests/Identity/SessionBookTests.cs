using System.Reflection;
using System.Security.Claims;
using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Sessions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Tests.Identity;

/// <summary>
/// What a gateway holds of the books, where no real cluster can be made to do what is asked about: say nothing, or two things in the same instant.
/// </summary>
public sealed class SessionBookTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_comes_while_the_books_are_mute_waits_for_one_call_and_not_in_line()
    {
        var (asked, answer) = (0, new TaskCompletionSource<EndedSessions?>());
        var book = Book(() =>
        {
            Interlocked.Increment(ref asked);
            return answer.Task;
        });
        var now = DateTimeOffset.UtcNow;
        var waiting = Enumerable.Range(0, 6).Select(_ => book.IsEnded(SessionKeys.DayId(Guid.NewGuid(), now)).AsTask()).ToArray();
        answer.SetException(new TimeoutException());
        foreach (var one in waiting) await Assert.ThrowsAsync<ClusterUnavailableException>(() => one);
        Assert.Equal(SessionKeys.Current(now).Length, asked);
    }

    [Fact]
    public async Task A_board_that_opens_in_the_instant_in_which_another_of_the_session_closes_is_closed_with_the_session()
    {
        var book = Book(() => Task.FromResult<EndedSessions?>(new EndedSessions(1, [])));
        for (var i = 0; i < 2_000; i++)
        {
            var session = SessionKeys.DayId(Guid.NewGuid(), DateTimeOffset.UtcNow);
            var (before, after) = (new Line(session), new Line(session));
            await book.Attach(before);
            using var together = new Barrier(2);
            await Task.WhenAll(
                Task.Run(() =>
                {
                    together.SignalAndWait(Stop);
                    book.Detach(before);
                }, Stop),
                Task.Run(() =>
                {
                    together.SignalAndWait(Stop);
                    return book.Attach(after);
                }, Stop));
            await ((ISessionObserver)book).SessionEnded(session);
            Assert.True(after.IsAborted, $"Lost in round {i}.");
        }
    }

    [Fact]
    public async Task Who_ends_a_session_here_has_ended_it_here_before_the_books_say_so()
    {
        var cluster = Cluster(method => method.Name == nameof(ISessionsGrain.End)
            ? Task.FromResult(Contracts.Outcome.Accepted(1))
            : Task.FromResult<EndedSessions?>(new EndedSessions(1, [])));
        var book = new SessionBook(cluster, TimeProvider.System);
        var desk = new SessionDesk(cluster, book, null!, TimeProvider.System);
        var session = SessionKeys.DayId(Guid.NewGuid(), DateTimeOffset.UtcNow);
        var line = new Line(session);
        await book.Attach(line);
        Assert.False(await book.IsEnded(session));
        await desk.End(new EndSession(new Contracts.CommandId(Guid.NewGuid()), new Contracts.Actor("test"), session, null), Stop);
        Assert.True(await book.IsEnded(session));
        Assert.True(line.IsAborted);
    }

    private static SessionBook Book(Func<Task<EndedSessions?>> watch) => new(Cluster(_ => watch()), TimeProvider.System);

    private static JourneyCluster Cluster(Func<MethodInfo, object?> books)
    {
        var grain = Double.Answering<ISessionsGrain>(books);
        var observer = Double.Answering<ISessionObserver>(_ => Task.CompletedTask);
        var factory = Double.Answering<IGrainFactory>(method => method.Name == nameof(IGrainFactory.CreateObjectReference) ? observer : grain);
        var pipeline = new CallPipeline(Options.Create(new GatewayOptions()), TimeProvider.System);
        return new JourneyCluster(new ServiceCollection().AddSingleton(factory).BuildServiceProvider(), pipeline, TimeProvider.System);
    }

    public class Double : DispatchProxy
    {
        private Func<MethodInfo, object?> _does = _ => null;

        public static T Answering<T>(Func<MethodInfo, object?> does) where T : class
        {
            var made = Create<T, Double>();
            ((Double)(object)made)._does = does;
            return made;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _does(targetMethod!);
    }

    private sealed class Line(string session) : HubCallerContext
    {
        public bool IsAborted { get; private set; }
        public override string ConnectionId => "";
        public override string? UserIdentifier => null;
        public override ClaimsPrincipal? User { get; } = new(new ClaimsIdentity([new Claim(Account.Session, session)]));
        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();
        public override IFeatureCollection Features { get; } = new FeatureCollection();
        public override CancellationToken ConnectionAborted => default;
        public override void Abort() => IsAborted = true;
    }
}
