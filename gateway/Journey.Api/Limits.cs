namespace Journey.Api;

/// <summary>
/// How long, how many and how far: what a request may say. Lengths are in UTF-16 characters after trimming, both ends included. Beyond one of them a
/// request is refused as
/// <see cref="ProblemCodes.InvalidRequest"/> with the field's name.
/// </summary>
public static class Limits
{
    /// <summary>A request's body: 16 KiB. More is refused as <see cref="ProblemCodes.TooLarge"/>.</summary>
    public const int BodyBytes = 16 * 1024;

    /// <summary>An <see cref="Paths.IdempotencyKey"/>: 1 to 200 characters.</summary>
    public const int IdempotencyKey = 200;

    /// <summary>A unit's code: 1 to 64 characters.</summary>
    public const int Unit = 64;

    /// <summary>A name, a relation, a role, a telephone number, a code word: 80 characters.</summary>
    public const int Name = 80;

    /// <summary>The name of <see cref="Paths.ActingAs"/>: 64 characters; what is longer is cut.</summary>
    public const int ActingAs = 64;

    /// <summary>An e-mail address: 200 characters.</summary>
    public const int EMail = 200;

    /// <summary>A BCP 47 language tag: 20 characters.</summary>
    public const int Language = 20;

    /// <summary>A reason, what was promised or asked for, how it went, the note of a round: one line of 200 characters.</summary>
    public const int Line = 200;

    /// <summary>What a family was told about: 280 characters.</summary>
    public const int About = 280;

    /// <summary>
    /// The note and the remark of a broken glass, the question with which a handoff is returned, how ill a patient is: 300 characters.
    /// </summary>
    public const int Note = 300;

    /// <summary>A question, an answer, a remark, what a call is about: 500 characters.</summary>
    public const int Text = 500;

    /// <summary>A part of a handoff, a read-back, an update to a family: 1,000 characters.</summary>
    public const int LongText = 1000;

    /// <summary>A step's name: 40 characters.</summary>
    public const int Step = 40;

    /// <summary>Why the glass is broken, by the key of one of the site's reasons: 40 characters.</summary>
    public const int GlassReason = 40;

    /// <summary>Where a wall hangs: 60 characters.</summary>
    public const int WallName = 60;

    /// <summary>The code that a screen shows: 20 characters as somebody types it.</summary>
    public const int WallCode = 20;

    /// <summary>The note on a row: one line of 120 characters.</summary>
    public const int RowNote = 120;

    /// <summary>A view's name: 40 characters.</summary>
    public const int ViewName = 40;

    /// <summary>A view's id: 64 characters.</summary>
    public const int ViewId = 64;

    /// <summary>Views of one person: 20.</summary>
    public const int Views = 20;

    /// <summary>Steps that a view shows alone: 20.</summary>
    public const int ViewSteps = 20;

    /// <summary>Roles of one person: 1 to 12.</summary>
    public const int Roles = 12;

    /// <summary>Units that one person works on: 100.</summary>
    public const int UnitsOfOne = 100;

    /// <summary>Family contacts of a visit that are taken from one message of a hospital system: 20.</summary>
    public const int ContactsOfMessage = 20;

    /// <summary>Actions of a handoff: 40.</summary>
    public const int HandoffActions = 40;

    /// <summary>A contact's place on the ladder: 1 to 20.</summary>
    public const int ContactOrder = 20;

    /// <summary>Least and most acuity: 1 (most urgent) to 5.</summary>
    public const int MostUrgent = 1, LeastUrgent = 5;

    /// <summary>The worst pain of a round: 0 (none) to 10.</summary>
    public const int WorstPain = 10;

    /// <summary>A pulse: 1 (bad) to 5 (good).</summary>
    public const int WorstPulse = 1, BestPulse = 5;

    /// <summary>A search by name or number: 2 to 100 characters.</summary>
    public const int ShortestQuery = 2, LongestQuery = 100;

    /// <summary>A visit's number, searched as a whole: 1 to 100 characters.</summary>
    public const int VisitNumber = 100;

    /// <summary>Who did what the trail is asked for, by id: 200 characters.</summary>
    public const int AuditedPerson = 200;

    /// <summary>Visits that a search shows: 50.</summary>
    public const int FoundVisits = 50;

    /// <summary>Lines of the message log in one answer: 200.</summary>
    public const int MessagePage = 200;

    /// <summary>Entries of the audit trail in one answer: 500.</summary>
    public const int AuditPage = 500;

    /// <summary>Entries of the audit trail in one export: 100,000.</summary>
    public const int AuditExport = 100_000;

    /// <summary>How long ago something may have happened that is recorded afterwards: 366 days.</summary>
    public const int AfterwardsDays = 366;

    /// <summary>How far ahead something may be promised, expected or asked for: 31 days.</summary>
    public const int AheadDays = 31;

    /// <summary>How long the time is over which alerts of a rule are counted: 92 days.</summary>
    public const int CountedDays = 92;

    /// <summary>Boards and lists that one hub connection watches: 512. More is refused as <see cref="ProblemCodes.TooManyUnits"/>.</summary>
    public const int WatchedPerConnection = 512;
}
