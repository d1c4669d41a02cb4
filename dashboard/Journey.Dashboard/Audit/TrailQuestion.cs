namespace Journey.Dashboard.Audit;

/// <summary>What the trail's page is to be asked when it opens next. Not in an address: that would be remembered.</summary>
public sealed class TrailQuestion
{
    /// <summary>The id of who did it; null for everybody.</summary>
    public string? Person { get; set; }

    /// <summary>A visit of the patient; null for all.</summary>
    public Guid? Visit { get; set; }

    /// <summary>Asked once.</summary>
    public (string? Person, Guid? Visit) Take()
    {
        var asked = (Person, Visit);
        (Person, Visit) = (null, null);
        return asked;
    }
}
