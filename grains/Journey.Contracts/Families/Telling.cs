using System.Collections.Immutable;

namespace Journey.Contracts.Families;

/// <summary>A family member asked for word: they wait until somebody tells them.</summary>
/// <param name="Who">The contact's relation or name as staff know them; null when unknown.</param>
[GenerateSerializer, Immutable, Alias("visit.family-waits.v1")]
public sealed record FamilyWaits(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string? Who) : VisitCommand(Id, By, OccurredAt);

/// <summary>The family was told something; ends their wait and may promise the next update.</summary>
/// <param name="Who">Who was told; null means the family as a whole.</param>
/// <param name="About">What was told, in a few words; null when not recorded.</param>
/// <param name="NextBy">The promised time of the next update; null leaves it to the policy.</param>
/// <param name="Telling">What it was about, in what language, and whether it was understood; null when not recorded.</param>
[GenerateSerializer, Immutable, Alias("visit.tell-family.v1")]
public sealed record TellFamily(CommandId Id, Actor By, DateTimeOffset OccurredAt,
    [property: Id(0)] string? Who, [property: Id(1)] string? About, [property: Id(2)] DateTimeOffset? NextBy,
    [property: Id(3)] Families.Telling? Telling = null) : VisitCommand(Id, By, OccurredAt);

/// <summary>What a family was told about. A word may be about several.</summary>
[GenerateSerializer, Alias("care.topic.v1")]
public enum Topic { Needs, Tests, Treatment, Delay, NextStep, Condition, Education }

/// <summary>More of what was told than that it was.</summary>
/// <param name="Topics">What it was about.</param>
/// <param name="Language">In which language (BCP 47); null when not said.</param>
/// <param name="TeachBack">Whether they could say it in their own words; null when it was not asked.</param>
/// <param name="Contact">Which of the contacts on record was told; null when several or somebody else.</param>
/// <param name="Interpreter">Whether an interpreter was there.</param>
[GenerateSerializer, Immutable, Alias("care.telling.v1")]
public sealed record Telling(
    [property: Id(0)] ImmutableArray<Topic> Topics, [property: Id(1)] string? Language = null, [property: Id(2)] bool? TeachBack = null,
    [property: Id(3)] Guid? Contact = null, [property: Id(4)] bool Interpreter = false);

/// <summary>One line of the told-ledger.</summary>
[GenerateSerializer, Immutable, Alias("care.told.v1")]
public sealed record ToldView(
    [property: Id(0)] DateTimeOffset At, [property: Id(1)] Actor By, [property: Id(2)] string? Who, [property: Id(3)] string? About,
    [property: Id(4)] Telling? Telling, [property: Id(5)] DateTimeOffset? NextBy);

/// <summary>The family's side of a visit.</summary>
/// <param name="WaitingSince">When somebody first asked and was not told yet; null when nobody waits.</param>
/// <param name="WaitingWho">Who asked.</param>
/// <param name="LastToldAt">When anybody was last told anything.</param>
/// <param name="LastToldWho">Who was told.</param>
/// <param name="LastToldBy">Who told them.</param>
/// <param name="NextDueAt">When the next word is promised or due.</param>
/// <param name="Promised">True when <paramref name="NextDueAt"/> was promised by a person, false when it is the policy's.</param>
[GenerateSerializer, Immutable, Alias("visit.family.v1")]
public sealed record FamilyView(
    [property: Id(0)] DateTimeOffset? WaitingSince, [property: Id(1)] string? WaitingWho,
    [property: Id(2)] DateTimeOffset? LastToldAt, [property: Id(3)] string? LastToldWho, [property: Id(4)] Actor? LastToldBy,
    [property: Id(5)] DateTimeOffset? NextDueAt, [property: Id(6)] bool Promised, [property: Id(7)] ImmutableArray<FamilyContact> Contacts)
{
    /// <summary>Since when an update has been on its way to them; their clock is held as long. Null when none is, or it has arrived.</summary>
    [Id(8)] public DateTimeOffset? OnItsWaySince { get; init; }
}
