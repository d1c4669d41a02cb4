using Journey.Client.Live;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Client.Tests.Live;

/// <summary>Waiting times go on by the server's clock, whatever the computer's own does.</summary>
public class ServerTimeTests
{
    private readonly FakeTimeProvider _clock = new(Boards.At);

    [Fact]
    public void Until_the_server_has_spoken_it_is_the_computers_own_time()
    {
        var time = new ServerTime(_clock);
        Assert.False(time.IsKnown);
        Assert.Equal(Boards.At, time.Now);
    }

    [Fact]
    public void An_answer_is_right_to_within_half_its_way()
    {
        var time = new ServerTime(_clock);
        time.Learn(Boards.At.AddMinutes(7), TimeSpan.FromMilliseconds(100));
        Assert.Equal(Boards.At.AddMinutes(7).AddMilliseconds(50), time.Now);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Boards.At.AddMinutes(7).AddMilliseconds(3050), time.Now);
    }

    [Fact]
    public void What_is_believed_stays_while_an_answer_allows_it()
    {
        var time = new ServerTime(_clock);
        time.Learn(Boards.At, TimeSpan.Zero);
        time.Learn(Boards.At.AddMilliseconds(15), TimeSpan.Zero);
        Assert.Equal(Boards.At, time.Now);
        time.Learn(Boards.At.AddMilliseconds(25), TimeSpan.Zero);
        Assert.Equal(Boards.At.AddMilliseconds(25), time.Now);
    }

    [Fact]
    public void A_hint_is_taken_only_while_nothing_better_is_known()
    {
        var time = new ServerTime(_clock);
        time.Hint(Boards.At.AddHours(1));
        time.Hint(Boards.At.AddHours(2));
        Assert.Equal(Boards.At.AddHours(1), time.Now);
    }
}
