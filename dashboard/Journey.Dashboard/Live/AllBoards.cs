using Journey.Api;
using Journey.Client.Live;
using Journey.Dashboard.SignIn;

namespace Journey.Dashboard.Live;

/// <summary>The boards of every unit that is open to whoever looks, watched together by a page that looks across the house.</summary>
public sealed class AllBoards : IDisposable
{
    private readonly Dictionary<string, LiveBoard> boards = [];
    private readonly BoardConnection connection;
    private readonly Person person;
    private readonly Action changed;

    public AllBoards(BoardConnection connection, Person person, Action changed)
    {
        (this.connection, this.person, this.changed) = (connection, person, changed);
        connection.WatchUnits();
        connection.UnitsChanged += OnUnits;
        OnUnits();
    }

    /// <summary>Once every unit's board is there: what lacks a unit would be read as if it had nothing of that unit's.</summary>
    public bool IsComplete => connection.Units is not null && boards.Values.All(b => b.Board is not null || b.Refusal is not null);

    public IEnumerable<Board> Boards => boards.Values.Select(b => b.Board).OfType<Board>();

    public IEnumerable<LiveBoard> Live => boards.Values;

    public void Dispose()
    {
        connection.UnitsChanged -= OnUnits;
        foreach (var board in boards.Values)
        {
            board.Changed -= changed;
            connection.Release(board);
        }
    }

    private void OnUnits()
    {
        var known = boards.Count;
        foreach (var unit in connection.Units ?? [])
            if (!boards.ContainsKey(unit.Code) && person.Watches(unit.Code))
            {
                var board = connection.Watch(unit.Code);
                board.Changed += changed;
                boards[unit.Code] = board;
            }
        if (boards.Count > known) changed();
    }
}
