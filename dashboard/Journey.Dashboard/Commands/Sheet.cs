using Journey.Api;

namespace Journey.Dashboard.Commands;

/// <summary>What a sheet (a modal dialog) asks about.</summary>
public abstract record Sheet
{
    private Sheet() { }

    public sealed record Tell(BoardRow Row) : Sheet;
    public sealed record Waiting(BoardRow Row) : Sheet;
    public sealed record SetAcuity(BoardRow Row) : Sheet;
    public sealed record Assign(BoardRow Row, string Role) : Sheet
    {
        /// <summary>Others who are given to the same person at once.</summary>
        public IReadOnlyList<BoardRow> Also { get; init; } = [];
    }

    public sealed record OneAlert(BoardRow Row, Alert Alert) : Sheet;
    public sealed record Left(BoardRow Row) : Sheet;

    /// <summary>Whether something is meant: the second step of a letter, and of what is too grave for one tap.</summary>
    /// <param name="Says">The question, with whom it is about.</param>
    /// <param name="Button">The verb.</param>
    public sealed record Asked(string Says, string Button, Func<Task> Do) : Sheet
    {
        public string? Hint { get; init; }
    }

    /// <param name="Patients">Whose nurse they are, as far as this page's board knows.</param>
    public sealed record EndShift(Shift Shift, IReadOnlyList<BoardRow> Patients, Func<Task> HandOver) : Sheet;
    public sealed record Doubts(BoardRow Row) : Sheet;

    /// <summary>How a unit's board is shown.</summary>
    /// <param name="Layout">As it is now, filters too.</param>
    public sealed record BoardView(string Unit, BoardLayout Layout) : Sheet;

    /// <summary>Everything that can be reached from here.</summary>
    /// <param name="Row">The line that is chosen; null when none is.</param>
    public sealed record Palette(BoardRow? Row) : Sheet;
    public sealed record Who : Sheet;
    public sealed record Help : Sheet;

    /// <summary>Asks for one thing in words: a reason, an answer, what was done.</summary>
    public sealed record FreeText(string Title, string Label, string Button, Func<string?, Intent> Intent) : Sheet
    {
        public string? Hint { get; init; }

        /// <summary>What comes of it, where that is grave.</summary>
        public string? Warning { get; init; }

        /// <summary>What it is about, as somebody said it.</summary>
        public string? Quote { get; init; }

        /// <summary>What stands there already.</summary>
        public string? Value { get; init; }

        /// <summary>In characters.</summary>
        public int Longest { get; init; } = Limits.Line;

        /// <summary>What is often said.</summary>
        public IReadOnlyList<string> Often { get; init; } = [];
        public bool MayBeEmpty { get; init; }

        /// <summary>A line; true for more than that.</summary>
        public bool Long { get; init; }
    }

    public sealed record Ask(Subject About, IReadOnlyList<Contact> Contacts) : Sheet;
    public sealed record Satisfied(Subject About, Question Question) : Sheet;
    public sealed record Promise(Subject About) : Sheet;
    public sealed record Need(Subject About, IReadOnlyList<Contact> Contacts) : Sheet;
    public sealed record Finish(Subject About, CareRequest Request) : Sheet;
    public sealed record Offer(Subject About) : Sheet;
    public sealed record ReadBack(Subject About, Handoff Handoff) : Sheet;
    public sealed record EditContact(Subject About, Contact? Contact, int NextOrder) : Sheet;
    public sealed record Caller(Subject About, IReadOnlyList<Contact> Contacts) : Sheet;
    public sealed record Link(Subject About, Contact Contact) : Sheet;
    public sealed record Update(Subject About, Care Care) : Sheet;
    public sealed record Round(Subject About) : Sheet;
    public sealed record LifeEvent(Subject About) : Sheet;
    public sealed record Pulse(Subject About) : Sheet;
    public sealed record BreakGlass(Guid Visit) : Sheet;
}
