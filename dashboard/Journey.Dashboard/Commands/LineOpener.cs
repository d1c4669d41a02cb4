namespace Journey.Dashboard.Commands;

/// <summary>Opens a line of the board that is on the screen, from elsewhere on it.</summary>
public sealed class LineOpener
{
    /// <summary>Opens the line of a visit; false where it is not on the board.</summary>
    public event Func<Guid, bool>? Asked;

    /// <summary>False where no board is on the screen, or the visit is not on it.</summary>
    public bool Open(Guid visit) => Asked?.Invoke(visit) == true;
}
