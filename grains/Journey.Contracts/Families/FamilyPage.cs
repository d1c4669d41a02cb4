using System.Collections.Immutable;
using Journey.Contracts.Care;

namespace Journey.Contracts.Families;

/// <summary>Makes a contact a link to the family page. The secret is in the answer and nowhere else.</summary>
[GenerateSerializer, Immutable, Alias("visit.issue-link.v1")]
public sealed record IssueLink(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Contact, [property: Id(1)] string SecretHash)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>The contact's links end.</summary>
[GenerateSerializer, Immutable, Alias("visit.revoke-links.v1")]
public sealed record RevokeLinks(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Contact)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>Who stands before the family page: the secret of a link, and the code word once it was given.</summary>
/// <param name="SecretHash">SHA-256 of the link's secret, hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("family.key.v1")]
public sealed record FamilyKey([property: Id(0)] string SecretHash);

[GenerateSerializer, Alias("family.door.v1")]
public enum FamilyDoor
{
    Open,
    /// <summary>The link is not known, has ended or was revoked. Also said of a patient behind a lock: it must not tell one from the other.</summary>
    NoSuchLink,
    /// <summary>The code word is asked for.</summary>
    CodeWordNeeded,
    Wrong,
    Locked,
}

/// <summary>What the family page shows: made for it, never a filtered staff view.</summary>
/// <param name="Name">The patient's given name: the contact knows whom they come for.</param>
/// <param name="Status">Where in the journey, a key of the page's plain words: a step, or <c>here</c> when the consent covers no more.</param>
/// <param name="Next">The next step's key; null when not known or not covered.</param>
/// <param name="NextWordAt">When the next word is promised or due.</param>
/// <param name="WaitingSince">Since when this contact waits for an update.</param>
/// <param name="WaitingRoomCode">The code by which the waiting-room board shows the patient.</param>
[GenerateSerializer, Immutable, Alias("family.view.v1")]
public sealed record FamilyPageView(
    [property: Id(0)] string Name, [property: Id(1)] Consent Consent, [property: Id(2)] string Status, [property: Id(3)] DateTimeOffset? StatusSince,
    [property: Id(4)] string? Next,
    [property: Id(5)] DateTimeOffset? NextWordAt, [property: Id(6)] bool NextWordPromised, [property: Id(7)] DateTimeOffset? WaitingSince,
    [property: Id(8)] DateTimeOffset? LastToldAt,
    [property: Id(9)] ImmutableArray<FamilyMessage> Messages, [property: Id(10)] ImmutableArray<FamilyQuestion> Questions,
    [property: Id(11)] string? WaitingRoomCode,
    [property: Id(12)] string? Language, [property: Id(13)] long Version, [property: Id(14)] DateTimeOffset AsOf);

/// <summary>A word from staff.</summary>
[GenerateSerializer, Immutable, Alias("family.message.v1")]
public sealed record FamilyMessage([property: Id(0)] DateTimeOffset At, [property: Id(1)] string Text);

/// <summary>A question of this contact.</summary>
[GenerateSerializer, Immutable, Alias("family.question.v1")]
public sealed record FamilyQuestion([property: Id(0)] Guid Id, [property: Id(1)] string Text, [property: Id(2)] QuestionState State,
    [property: Id(3)] DateTimeOffset AskedAt,
    [property: Id(4)] DateTimeOffset? DueAt, [property: Id(5)] string? Answer);

/// <param name="View">Null unless the door is open.</param>
/// <param name="LockedUntil">Set when locked.</param>
/// <param name="Contact">Whose link it is, once the door is open.</param>
/// <param name="Session">Opens the door for some hours without the code word; ends with the link and with the word.</param>
/// <param name="ContactName">As staff know them. Not for the page.</param>
/// <param name="Unit">The board that says when the page changes. Not for the page.</param>
[GenerateSerializer, Immutable, Alias("family.answer.v1")]
public sealed record FamilyAnswer([property: Id(0)] FamilyDoor Door, [property: Id(1)] FamilyPageView? View,
    [property: Id(2)] DateTimeOffset? LockedUntil = null, [property: Id(3)] Guid? Contact = null,
    [property: Id(4)] string? Session = null, [property: Id(5)] string? Unit = null, [property: Id(6)] string? ContactName = null)
{
    /// <summary>The visit under which the person was admitted: the link opens there. Not for the page.</summary>
    [Id(7)] public VisitId? ContinuedAs { get; init; }
}
