namespace Journey.Api;

/// <summary>What of a board is shown, and how. It names no patient.</summary>
public sealed record BoardLayout
{
    /// <summary>Of <see cref="BoardColumns"/>, in the order in which they stand; <c>patient</c> is one of them. Empty: the usual ones.</summary>
    [OneOf(typeof(BoardColumns))]
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>One of <see cref="BoardSorts"/>; for most the most pressing comes first.</summary>
    [OneOf(typeof(BoardSorts))]
    public string Sort { get; init; } = BoardSorts.Bed;

    /// <summary>Against the natural direction of <see cref="Sort"/>.</summary>
    public bool Reversed { get; init; }

    /// <summary>One of <see cref="BoardDensities"/>.</summary>
    [OneOf(typeof(BoardDensities))]
    public string Density { get; init; } = BoardDensities.Auto;

    /// <summary>Of <see cref="BoardFilters"/>, all of which have to apply; empty: everybody is shown.</summary>
    [OneOf(typeof(BoardFilters))]
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>1 to 5, one of which applies; empty: every one.</summary>
    [NumberLimit(1, 5)]
    public IReadOnlyList<int> Acuities { get; init; } = [];

    /// <summary>Steps such as <see cref="BoardRow.Step"/>, one of which applies; empty: every one.</summary>
    [ListLimit(Limits.ViewSteps), TextLimit(Limits.Step)]
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Of <see cref="BoardSections"/>: those of which only the head is shown.</summary>
    [OneOf(typeof(BoardSections))]
    public IReadOnlyList<string> Folded { get; init; } = [BoardSections.Departed];
}

/// <summary>A layout that somebody has named.</summary>
/// <param name="Id">It may stand in an address: it says neither whose it is nor anything of a patient.</param>
/// <param name="Name">In the words of whoever keeps it.</param>
/// <param name="Layout">What is shown, and how.</param>
public sealed record SavedView(string Id, string Name, BoardLayout Layout);

/// <summary>How the caller has a unit's board.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="View">By this view of theirs; null when by none.</param>
/// <param name="Layout">As they left it; null when it is by a view, or nothing is kept.</param>
/// <param name="Default">As the policy says for whoever has chosen nothing; null when it says nothing.</param>
public sealed record UnitView(string Unit, string? View, BoardLayout? Layout, BoardLayout? Default);

/// <summary><c>GET /api/v1/views</c>: what the caller keeps of boards.</summary>
/// <param name="Views">Theirs, oldest first.</param>
/// <param name="Units">Each unit of which something is kept or said.</param>
public sealed record ViewBook(IReadOnlyList<SavedView> Views, IReadOnlyList<UnitView> Units);

/// <summary><c>POST /api/v1/views</c>: keeps a layout under a name; what was kept under it is replaced.</summary>
/// <param name="Name">1 to 40 characters, whatever their case. Not a patient's.</param>
/// <param name="Layout">What is shown, and how.</param>
public sealed record SaveViewRequest([TextLimit(Limits.ViewName)] string? Name, BoardLayout? Layout);

/// <summary>
/// <c>POST /api/v1/views/choice</c>: how the caller has a unit's board from now on. With neither view nor layout as the policy says.
/// </summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="View">A view of theirs.</param>
/// <param name="Layout">As they left it; not together with a view.</param>
public sealed record ChooseViewRequest(
    [TextLimit(Limits.Unit)] string? Unit, [TextLimit(Limits.ViewId)] string? View = null, BoardLayout? Layout = null);

/// <summary>Columns of a board: <see cref="BoardLayout.Columns"/>.</summary>
public static class BoardColumns
{
    public const string Location = "location";
    public const string Acuity = "acuity";
    public const string Patient = "patient";
    public const string Complaint = "complaint";
    public const string Step = "step";
    /// <summary>How long somebody is in the house.</summary>
    public const string Stay = "stay";
    /// <summary>The next of the policy's targets.</summary>
    public const string Target = "target";
    public const string Nurse = "nurse";
    public const string Provider = "provider";
    /// <summary>Where somebody is, and where they go next.</summary>
    public const string Plan = "plan";
    public const string Family = "family";
    /// <summary>The gravest alert, doubt or task.</summary>
    public const string Needs = "needs";
    /// <summary>What staff keep on the row.</summary>
    public const string Note = "note";
}

/// <summary>What a board's lines are in the order of: <see cref="BoardLayout.Sort"/>.</summary>
public static class BoardSorts
{
    /// <summary>By place, in sections.</summary>
    public const string Bed = "bed";
    public const string Patient = "patient";
    public const string Acuity = "acuity";
    public const string Step = "step";
    public const string Target = "target";
    public const string Stay = "stay";
    public const string Team = "team";
    public const string Plan = "plan";
    public const string Family = "family";
    public const string Alerts = "alerts";
}

/// <summary>How high a board's lines are: <see cref="BoardLayout.Density"/>.</summary>
public static class BoardDensities
{
    /// <summary>By the pointer and the height of the screen.</summary>
    public const string Auto = "auto";
    public const string Dense = "dense";
    public const string Normal = "normal";
    public const string Touch = "touch";
}

/// <summary>Whom a board shows alone: <see cref="BoardLayout.Only"/>.</summary>
public static class BoardFilters
{
    /// <summary>With an alert that nobody has taken.</summary>
    public const string Alerts = "alerts";
    /// <summary>Whose family waits.</summary>
    public const string Family = "family";
    /// <summary>Without a nurse, or between two.</summary>
    public const string Unowned = "unowned";
    /// <summary>With tasks.</summary>
    public const string Owed = "owed";
    /// <summary>In whose care whoever looks has a part.</summary>
    public const string Mine = "mine";
    /// <summary>Not seen by a provider yet.</summary>
    public const string Unseen = "unseen";
    public const string Boarding = "boarding";
}

/// <summary>Parts of a board, by kind of place and then by how a visit stands: <see cref="BoardLayout.Folded"/>.</summary>
public static class BoardSections
{
    public const string Beds = "beds";
    public const string Hallway = "hallway";
    public const string FastTrack = "fast-track";
    public const string WaitingRoom = "waiting-room";
    public const string Triage = "triage";
    /// <summary>In no place that is known.</summary>
    public const string NoBed = "no-bed";
    /// <summary>Everybody here, where the board is not by place.</summary>
    public const string Here = "here";
    /// <summary>Beds that nobody lies in, wherever they stand.</summary>
    public const string EmptyBeds = "empty-beds";
    public const string OnLeave = "on-leave";
    public const string Expected = "expected";
    /// <summary>Whoever has probably left.</summary>
    public const string Verify = "verify";
    public const string Departed = "departed";
}
