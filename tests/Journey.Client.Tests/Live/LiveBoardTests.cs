using Journey.Api;
using Journey.Client.Live;
using static Journey.Client.Tests.Boards;

namespace Journey.Client.Tests.Live;

/// <summary>A board never has a hole: what does not follow is fetched anew.</summary>
public class LiveBoardTests
{
    private readonly LiveBoard _board = new("ED", wall: false);

    [Fact]
    public void A_change_that_follows_adds_replaces_and_removes_rows()
    {
        _board.Take(Snapshot(4, Row(1), Row(2)));
        Assert.True(_board.Apply(Change(5, [Row(2, Steps.Seen), Row(3)], [Row(1).VisitId])));
        Assert.Equal([(Row(2).VisitId, Steps.Seen), (Row(3).VisitId, Steps.Arrived)], _board.Board!.Rows.Select(r => (r.VisitId, r.Step)));
        Assert.Equal(5, _board.Board.Version);
        Assert.True(_board.IsCurrent);
    }

    [Fact]
    public void A_gap_asks_for_a_new_snapshot_and_leaves_the_last_known_board()
    {
        _board.Take(Snapshot(4, Row(1)));
        Assert.False(_board.Apply(Change(6, [Row(2)])));
        Assert.False(_board.IsCurrent);
        Assert.Equal(4, _board.Board!.Version);
        // What comes until the snapshot is there asks for no second one.
        Assert.True(_board.Apply(Change(7, [Row(3)])));
    }

    [Fact]
    public void Another_epoch_asks_for_a_new_snapshot()
    {
        _board.Take(Snapshot(4, Row(1)));
        Assert.False(_board.Apply(Change(5, [Row(2)], epoch: Guid.NewGuid())));
    }

    [Fact]
    public void Changes_that_come_before_the_snapshot_are_put_on_top_of_it()
    {
        _board.StartFetch();
        foreach (var early in new[] { Change(4, [Row(9)]), Change(5, [Row(2)]), Change(6, [Row(3)]) }) Assert.True(_board.Apply(early));
        Assert.True(_board.Take(Snapshot(4, Row(1))));
        Assert.Equal(6, _board.Board!.Version);
        Assert.Equal([1, 2, 3], _board.Board.Rows.Select(r => Number(r)));
    }

    [Fact]
    public void Early_changes_with_a_gap_ask_for_another_snapshot()
    {
        _board.StartFetch();
        _board.Apply(Change(7, [Row(2)]));
        Assert.False(_board.Take(Snapshot(4, Row(1))));
        Assert.False(_board.IsCurrent);
    }

    [Fact]
    public void A_change_that_was_seen_already_says_only_that_the_board_is_still_true()
    {
        var told = 0;
        _board.Take(Snapshot(4, Row(1)));
        _board.Changed += () => told++;
        Assert.True(_board.Apply(Change(4, []) with { AsOf = At.AddMinutes(1), AlertsCheckedAt = At.AddMinutes(1) }));
        Assert.Equal((At.AddMinutes(1), At.AddMinutes(1), 0), (_board.ConfirmedAt, _board.AlertsCheckedAt, told));
        // Nothing that was confirmed becomes less so.
        _board.Apply(Change(4, []));
        Assert.Equal(At.AddMinutes(1), _board.ConfirmedAt);
    }

    [Fact]
    public void Without_a_connection_the_board_stays_and_is_not_current()
    {
        _board.Take(Snapshot(4, Row(1)));
        _board.Outdate();
        Assert.False(_board.IsCurrent);
        Assert.Single(_board.Board!.Rows);
    }

    [Fact]
    public void A_refusal_is_told_with_its_code_and_ends_with_the_next_snapshot()
    {
        _board.Refuse(ProblemCodes.AccessDenied);
        Assert.Equal(ProblemCodes.AccessDenied, _board.Refusal);
        _board.Take(Snapshot(1));
        Assert.Null(_board.Refusal);
    }

    [Fact]
    public void What_is_read_while_changes_come_is_always_one_whole_version()
    {
        _board.Take(Snapshot(0));
        using var done = new CancellationTokenSource();
        var reader = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
                if (_board.Board is { } now) Assert.Equal(now.Version, now.Rows.Count);
        });
        reader.Start();
        for (var version = 1; version <= 500; version++) Assert.True(_board.Apply(Change(version, [Row(version)])));
        done.Cancel();
        reader.Join();
    }

    private static int Number(BoardRow row) => BitConverter.ToInt32(row.VisitId.ToByteArray());
}
