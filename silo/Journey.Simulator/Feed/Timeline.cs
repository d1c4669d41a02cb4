using System.Collections.Immutable;

namespace Journey.Simulator.Feed;

/// <summary>
/// From the hospital's time to the server's. At speed 1 the two are the same. A faster demo runs through its hospital's time while
/// everything is stamped with real times, so the two drift apart; what is already told must not move, because a message that is
/// sent again must be the same message. So the line is made of pieces that never change once they are in the past.
/// </summary>
/// <param name="Pieces">In order of time; the first reaches back without end, the last goes on without end.</param>
public sealed record Timeline(ImmutableArray<TimelinePiece> Pieces)
{
    /// <summary>History at the pace of life until now, and from now on at <paramref name="speed"/>.</summary>
    public static Timeline Begin(DateTimeOffset start, DateTimeOffset now, double speed) =>
        new Timeline([new TimelinePiece(start, start, 1)]).GoOn(now, speed);

    /// <summary>The server's time of a moment of the hospital's, in whole seconds.</summary>
    public DateTimeOffset Wall(DateTimeOffset at)
    {
        var wall = Exact(at);
        return new DateTimeOffset(wall.Ticks - wall.Ticks % TimeSpan.TicksPerSecond, wall.Offset);
    }

    /// <summary>As <see cref="Wall"/>, to the tick: when to send.</summary>
    public DateTimeOffset Exact(DateTimeOffset at)
    {
        var piece = Pieces[0];
        foreach (var next in Pieces)
        {
            if (next.Hospital > at) break;
            piece = next;
        }

        return (piece.Wall + (at - piece.Hospital) / piece.Speed).ToOffset(at.Offset);
    }

    /// <summary>The hospital's moment at one of the server's: what time of day its people have.</summary>
    public DateTimeOffset Hospital(DateTimeOffset wall)
    {
        var piece = Pieces[0];
        foreach (var next in Pieces)
        {
            if (next.Wall > wall) break;
            piece = next;
        }

        return piece.Hospital + (wall - piece.Wall) * piece.Speed;
    }

    /// <summary>
    /// The hospital after a pause of the demo: while nobody told of it, life went on at its own pace, and it is told late.
    /// </summary>
    /// <param name="aliveUntil">No event after this (server's time) was sent before the pause.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="speed">From now on.</param>
    public Timeline Resume(DateTimeOffset aliveUntil, DateTimeOffset now, double speed) =>
        now <= aliveUntil ? GoOn(aliveUntil, speed) : GoOn(aliveUntil, 1).GoOn(now, speed);

    private Timeline GoOn(DateTimeOffset wall, double speed)
    {
        var last = Pieces[^1];
        if (last.Speed.Equals(speed)) return this;
        var hospital = last.Hospital + (wall - last.Wall) * last.Speed;
        var next = new TimelinePiece(hospital, wall, speed);
        return new Timeline(wall <= last.Wall ? Pieces.SetItem(Pieces.Length - 1, last with { Speed = speed }) : Pieces.Add(next));
    }
}

/// <summary>A piece of a timeline.</summary>
/// <param name="Hospital">From when on, in the hospital's time.</param>
/// <param name="Wall">The same moment in the server's time.</param>
/// <param name="Speed">How many times as fast the hospital's time runs.</param>
public sealed record TimelinePiece(DateTimeOffset Hospital, DateTimeOffset Wall, double Speed);
