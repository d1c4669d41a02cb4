namespace Journey.Storage.Erasing;

/// <summary>All that a database holds of one person, or of several.</summary>
internal sealed class FoundPerson
{
    /// <summary>Every identifier they are and were known by.</summary>
    public HashSet<Guid> Patients { get; } = [];

    /// <summary>Their visits.</summary>
    public HashSet<Guid> Visits { get; } = [];

    /// <summary>Visits that became another person's, with the version that says so: what is before it is of this one.</summary>
    public Dictionary<Guid, long> Given { get; } = [];

    /// <summary>Books of visit numbers: they hold which visit a number names, and nothing else.</summary>
    public HashSet<string> Books { get; } = [];

    /// <summary>Lines about them in streams of the whole house, with what is left of each.</summary>
    public List<(string Stream, long Version, string Left)> Lines { get; } = [];

    /// <summary>Lines of the message log.</summary>
    public List<long> Messages { get; } = [];

    public PersonWords Words { get; } = new();

    /// <summary>Whether there is anything that was not erased before.</summary>
    public bool IsKnown { get; set; }
}
