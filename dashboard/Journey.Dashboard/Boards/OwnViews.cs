using Journey.Api;
using Journey.Client.Http;
using Journey.Dashboard.SignIn;

namespace Journey.Dashboard.Boards;

/// <summary>
/// How whoever is at this screen has boards: kept on the server for whoever says who they are. At a desk where nobody does, only how high lines are
/// is kept, and in this browser.
/// </summary>
public sealed class OwnViews
{
    /// <summary>Somebody who arranges a board does so in several steps: the last one is kept.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly JourneyApi _api;
    private readonly Person _person;
    private readonly Density _density;
    private readonly TimeProvider _clock;

    /// <summary>As left at this screen, by unit, until the server has it.</summary>
    private readonly Dictionary<string, BoardLayout> _left = [];
    private ViewBook _book = new([], []);
    private string? _whose;
    private Task _loading = Task.CompletedTask;

    public OwnViews(JourneyApi api, Person person, Density density, TimeProvider clock)
    {
        (_api, _person, _density, _clock) = (api, person, density, clock);
        density.Changed += () => Changed?.Invoke();
    }

    /// <summary>Whether the server keeps them.</summary>
    public bool AreKept => _person.Name is not null;

    /// <summary>Theirs by name, oldest first.</summary>
    public IReadOnlyList<SavedView> Views => _book.Views;

    public event Action? Changed;

    /// <summary>Reads what is kept of whoever is at this screen now; once for each.</summary>
    public Task Load()
    {
        if (_whose == _person.Name) return _loading;
        _whose = _person.Name;
        _left.Clear();
        _book = new([], []);
        return _loading = AreKept ? Read() : Task.CompletedTask;
    }

    /// <summary>Reads it again, after something of it was changed.</summary>
    public Task Reload() => _loading = Read();

    /// <summary>The view by which a unit's board is shown; null when it is by none.</summary>
    public SavedView? ViewOn(string unit) =>
        _left.ContainsKey(unit) || UnitOf(unit)?.View is not { } id ? null : Views.FirstOrDefault(v => v.Id == id);

    public BoardLayout LayoutOn(string unit)
    {
        if (_left.TryGetValue(unit, out var left)) return left;
        return ViewOn(unit)?.Layout ?? UnitOf(unit)?.Layout ?? UnitOf(unit)?.Default
            ?? new() { Density = AreKept ? BoardDensities.Auto : _density.Name };
    }

    /// <summary>How somebody has a board from now on.</summary>
    public void Leave(string unit, BoardLayout layout)
    {
        _left[unit] = layout;
        if (AreKept) _ = Keep(unit, layout);
        else _ = _density.Choose(layout.Density);
        Changed?.Invoke();
    }

    /// <summary>By a view; null: as the unit has it.</summary>
    public async Task Choose(string unit, SavedView? view)
    {
        _left.Remove(unit);
        if (AreKept) await _api.Send(HouseCommands.ChooseView(new(unit, view?.Id)), Guid.NewGuid(), CancellationToken.None);
        await Reload();
    }

    private UnitView? UnitOf(string unit) => _book.Units.FirstOrDefault(u => u.Unit == unit);

    private async Task Keep(string unit, BoardLayout layout)
    {
        await Task.Delay(Pause, _clock);
        // Arranged on meanwhile, or chosen otherwise.
        if (!_left.TryGetValue(unit, out var left) || !ReferenceEquals(left, layout)) return;
        // What cannot be kept now is kept with the next step; at this screen it holds anyway.
        await _api.Send(HouseCommands.ChooseView(new(unit, Layout: layout)), Guid.NewGuid(), CancellationToken.None);
    }

    private async Task Read()
    {
        var whose = _whose;
        if (!AreKept || await _api.Views(CancellationToken.None) is not Reply<ViewBook>.Ok { Value: var book } || whose != _person.Name) return;
        _book = book;
        Changed?.Invoke();
    }
}
