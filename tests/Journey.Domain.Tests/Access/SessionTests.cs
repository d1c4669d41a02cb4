using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Access;

namespace Journey.Domain.Tests.Access;

public sealed class SessionTests
{
    private static readonly SessionInfo Kim =
        new(SessionKeys.DayId(Guid.NewGuid(), Spec.At(0)), "sub-7", "Kim Reyes", [Role.Nurse], ["ED"], Spec.At(0), Spec.At(720), "10.0.0.7");

    [Fact]
    public void A_session_is_open_until_it_is_ended_or_its_time_is_over()
    {
        var book = SessionLog.Empty.Fold(new SessionBegan(Kim));
        Assert.Equal([Kim], book.Open(Spec.At(719)));
        Assert.Empty(book.Open(Spec.At(720)));
        var ended = book.Fold(new SessionEnded(Kim.Id, Spec.At(5), "left"));
        Assert.Empty(ended.Open(Spec.At(6)));
        Assert.Equal([Kim.Id], ended.Ended);
    }

    [Fact]
    public void What_no_book_holds_cannot_be_ended() => Assert.Equal(
        RefusalCodes.SessionUnknown, SessionLog.Empty.Decide(new EndSession(default, Say.Nurse, Kim.Id, null), Spec.At(1)).Refusal?.Code);

    [Fact]
    public void An_id_says_which_book_it_is_in_and_whatever_is_no_id_says_none()
    {
        var now = new DateTimeOffset(2031, 3, 14, 0, 30, 0, TimeSpan.FromHours(1));
        Assert.Equal("sessions/20310313", SessionKeys.BookOf(SessionKeys.DayId(Guid.NewGuid(), now)));
        Assert.Equal(["sessions/20310313", "sessions/20310312", SessionKeys.Walls], SessionKeys.Current(now));
        Assert.Equal(SessionKeys.Walls, SessionKeys.BookOf(SessionKeys.WallId(Guid.NewGuid())));
        foreach (var text in new[] { null, "", "-", "wall", "wall-", "wall-7", $"visit-{Guid.NewGuid():N}", $"20311399-{Guid.NewGuid():N}",
            $"20310313-{Guid.NewGuid()}", $"20310313--{Guid.NewGuid():N}" })
            Assert.Null(SessionKeys.BookOf(text));
    }

    [Fact]
    public void A_session_begun_at_any_time_is_in_a_current_book_as_long_as_it_lasts() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.Long[0, 86_400 * 1_000], CsCheck.Gen.Double[0, 1]), pair =>
        {
            var began = Spec.At(0).AddSeconds(pair.Item1);
            Assert.Contains(SessionKeys.BookOf(SessionKeys.DayId(Guid.NewGuid(), began)),
                SessionKeys.Current(began + pair.Item2 * SessionKeys.Longest));
        });
}
