namespace Journey.Dashboard.Commands;

/// <summary>Opens sheets; one host in the layout shows them.</summary>
public sealed class SheetOpener
{
    public event Action<Sheet>? Opened;

    public void Open(Sheet sheet) => Opened?.Invoke(sheet);
}
