using Journey.Api;
using Journey.Client.Live;
using Journey.Dashboard.SignIn;

namespace Journey.Dashboard.Live;

/// <summary>The boards of every unit that is open to whoever looks, watched together by a page that looks across the house.</summary>
public sealed class AllBoards : IDisposable
{
    private readonly Dictionary<string, LiveBoard> _boards = [];
    private readonly BoardConnection _connection;
    private readonly Person _person;
    private readonly Action _changed;

    public AllBoards(BoardConnection connection, Person person, Action changed)
    {
        (_connection, _person, _changed) = (connection, person, changed);
        connection.WatchUnits();
        connection.UnitsChanged += OnUnits;
        OnUnits();
    }

    /// <summary>Once every unit's board is there: what lacks a unit would be read as if it had nothing of that unit's.</summary>
    public bool IsComplete => _connection.Units is not null && _boards.Values.All(b => b.Board is not null || b.Refusal is not null);

    public IEnumerable<Board> Boards => _boards.Values.Select(b => b.Board).OfType<Board>();

    public IEnumerable<LiveBoard> Live => _boards.Values;

    public void Dispose()
    {
        _connection.UnitsChanged -= OnUnits;
        foreach (var board in _boards.Values)
        {
            board.Changed -= _changed;
            _connection.Release(board);
        }
    }

    private void OnUnits()
    {
        var known = _boards.Count;
        foreach (var unit in _connection.Units ?? [])
            if (!_boards.ContainsKey(unit.Code) && _person.Watches(unit.Code))
            {
                var board = _connection.Watch(unit.Code);
                board.Changed += _changed;
                _boards[unit.Code] = board;
            }
        if (_boards.Count > known) _changed();
    }
}
