using System.Collections.Immutable;
using System.Globalization;

namespace Journey.Contracts.Access;

/// <summary>What somebody did, as far as a rule asks. The names are stored: never renamed, never reused.</summary>
[GenerateSerializer, Alias("look.kind.v1")]
public enum LookKind
{
    /// <summary>Read a visit's page, its history or the draft of its handoff.</summary>
    Opened,
    /// <summary>Searched, and was shown somebody.</summary>
    Searched,
    /// <summary>Opened a visit by breaking the glass.</summary>
    BrokeGlass,
    /// <summary>Said or changed something in a visit.</summary>
    Did,
}

/// <summary>
/// What stood out when a visit was opened: told where both sides are known, so that no name leaves that place. The names are stored: never renamed,
/// never reused.
/// </summary>
[Flags, GenerateSerializer, Alias("look.signs.v1")]
public enum LookSigns
{
    None = 0,
    /// <summary>They have a part in the visit.</summary>
    HasPart = 1,
    /// <summary>They are in charge of the unit on which the visit stands.</summary>
    InCharge = 2,
    SameSurname = 4,
    /// <summary>Patient and employee bear the same full name, and no birth date says that they are two.</summary>
    OwnRecord = 8,
    /// <summary>The patient is confidential: the feed or a lock keeps them from the unit's others.</summary>
    Hidden = 16,
    /// <summary>The glass opened it to them, which is reviewed on its own.</summary>
    ByGlass = 32,
}

/// <summary>One entry of the audit trail, as the rules weigh it. Ids and no particulars.</summary>
/// <param name="Id">The entry's; of a glass that was broken the grant's.</param>
/// <param name="Visit">Null for a search.</param>
/// <param name="Patient">Null where it is not known.</param>
/// <param name="Unit">Where the visit stood; empty where that is not known.</param>
/// <param name="EndedAt">When the visit ended; null while it has not, or it is not known.</param>
[GenerateSerializer, Immutable, Alias("look.v1")]
public sealed record Look(
    [property: Id(0)] Guid Id, [property: Id(1)] LookKind Kind, [property: Id(2)] DateTimeOffset At, [property: Id(3)] Guid? Visit = null,
    [property: Id(4)] Guid? Patient = null,
    [property: Id(5)] string Unit = "", [property: Id(6)] LookSigns Signs = LookSigns.None, [property: Id(7)] DateTimeOffset? EndedAt = null);

/// <summary>What one person did since the last time, as a gateway tells it.</summary>
/// <param name="By">By <see cref="Caller.Staff"/>: who has two accounts is one person.</param>
/// <param name="Account">As the trail knows them, <see cref="Caller.Id"/>.</param>
/// <param name="Roles">In force then.</param>
[GenerateSerializer, Immutable, Alias("look.note.v1")]
public sealed record NoteLooks(
    [property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] string Account, [property: Id(3)] ImmutableArray<Role> Roles,
    [property: Id(4)] ImmutableArray<Look> Looks);

/// <summary>What one person looked at in a week, and what the rules find in it. Key: see <see cref="LookKeys"/>.</summary>
[Alias("journey.looks"), Answers(Askers.Gateways)]
public interface ILooksGrain : IGrainWithStringKey
{
    /// <summary>Durable when it returns, and what was found stands on the list. Sent again with the same id it changes nothing.</summary>
    [Alias("note")] Task Note(NoteLooks command);
}

/// <summary>A stream for each person and week: short enough to be read whole. A person is in it as an id that gives nothing back.</summary>
public static class LookKeys
{
    public const string Prefix = "looks/";
    private const int Days = 7;

    public static string For(string staff, DateTimeOffset at) =>
        For(NameBasedGuid.Create(NameBasedGuid.Namespace, "looks", staff).ToString("N"), DateOnly.FromDateTime(at.UtcDateTime).DayNumber / Days);

    /// <summary>The key of the same person so many weeks earlier.</summary>
    public static string Before(string key, int weeks)
    {
        var parts = key.Split('/');
        return For(parts[1], int.Parse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture) - weeks);
    }

    private static string For(string person, int week) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{person}/{week}");
}
