using Journey.Api;

namespace Journey.Dashboard.Staff;

/// <summary>What a sheet (a modal dialog) asks about.</summary>
public abstract record Sheet
{
    private Sheet() { }

    public sealed record Tell(BoardRow Row) : Sheet;
    public sealed record Waiting(BoardRow Row) : Sheet;
    public sealed record SetAcuity(BoardRow Row) : Sheet;
    public sealed record Assign(BoardRow Row, string Role, IReadOnlyList<string> Names) : Sheet;
    public sealed record OneAlert(BoardRow Row, Alert Alert) : Sheet;
    public sealed record Who : Sheet;
    public sealed record Help : Sheet;
}

/// <summary>Opens sheets; one host in the layout shows them.</summary>
public sealed class Sheets
{
    public event Action<Sheet>? Opened;

    public void Open(Sheet sheet) => Opened?.Invoke(sheet);
}
