using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Grains.Runtime;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Visits;

/// <summary>Tells boards how a visit stands. Never fails a call, never waits: versions repair what is lost.</summary>
internal sealed partial class BoardNews(VisitId id, IGrainFactory grains, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan[] RetryAfter = [TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    private VisitFace _face = VisitFace.None;

    /// <summary>The board that shows the visit, as far as this activation told it.</summary>
    private string _announcedUnit = "";
    private ImmutableArray<Stay> _announcedBeds = [];

    /// <summary>What was read is known to whoever was told of it then.</summary>
    public void Begin(in VisitFace read) => _announcedBeds = read.Beds;

    /// <summary>Tells the board, the board the visit left, and those of beds it turns out to have been in.</summary>
    /// <param name="together">The swap whose other half is another visit's; null when it is none.</param>
    /// <param name="ended">The alerts that ended.</param>
    public void Announce(in VisitFace shown, CommandId? together, ImmutableArray<AlertView> ended)
    {
        _face = shown;
        var (unit, beds) = (_face.Unit, _face.Beds);
        var left = _announcedUnit.Length > 0 ? _announcedUnit : _face.Row.Unit;
        if (left.Length > 0 && left != unit) Tell(left, Notice(left, null, together));
        if (beds != _announcedBeds)
        {
            foreach (var other in beds.Except(_announcedBeds).Concat(_announcedBeds.Except(beds)).Select(stay => stay.Location.Unit).Distinct())
                if (other != unit && other != left) Tell(other, Notice(other, null, null));
        }

        if (unit.Length > 0) Tell(unit, Notice(unit, _face.Row, together) with { Ended = ended });
        (_announcedUnit, _announcedBeds) = (unit, beds);
    }

    private VisitNotice Notice(string unit, VisitRow? row, CommandId? together) =>
        new(id, _face.Version, row, row is null ? null : _face.Deadline, together, _face.BedsOf(unit));

    private void Tell(string unit, VisitNotice notice)
    {
        var told = grains.UnitBoard(unit).Announce(notice);
        if (!told.IsCompletedSuccessfully) _ = Retry(told, unit);
    }

    /// <summary>A board that is just moving to another silo is told again how the visit stands by then, a few times.</summary>
    private async Task Retry(Task told, string unit)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await told;
                return;
            }
            catch (Exception e) when (attempt == RetryAfter.Length)
            {
                NotAnnounced(logger, e);
                return;
            }
            catch (Exception)
            {
                await Task.Delay(RetryAfter[attempt], clock);
                told = grains.UnitBoard(unit).Announce(Notice(unit, unit == _announcedUnit ? _face.Row : null, null));
            }
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "A board could not be told of a change; it will find it when it next compares itself with the cards.")]
    private static partial void NotAnnounced(ILogger logger, Exception exception);
}
