using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Domain.Patients;

/// <summary>Something that became true of a patient. Persisted as JSON under a stable name.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(PatientDescribed), "patient.described.v1")]
[JsonDerivedType(typeof(PatientTold), "patient.told.v1")]
[JsonDerivedType(typeof(VisitListed), "patient.visit-listed.v1")]
[JsonDerivedType(typeof(VisitGivenUp), "patient.visit-given-up.v1")]
[JsonDerivedType(typeof(PatientMerged), "patient.merged.v1")]
[JsonDerivedType(typeof(PatientAliased), "patient.aliased.v1")]
[JsonDerivedType(typeof(NamesKnown), "patient.names-known.v1")]
[JsonDerivedType(typeof(VisitTaken), "patient.visit-taken.v1")]
[JsonDerivedType(typeof(VisitsLinked), "patient.visits-linked.v1")]
[JsonDerivedType(typeof(VisitRenumbered), "patient.visit-renumbered.v1")]
[JsonDerivedType(typeof(PatientLocked), "patient.locked.v1")]
[JsonDerivedType(typeof(PatientErased), "patient.erased.v1")]
public abstract record PatientEvent
{
    public static readonly EventCodec<PatientEvent> Codec = new EventListCodec<PatientEvent>(PatientJsonContext.Default.EventListPatientEvent);

    private protected PatientEvent() { }
}

/// <summary>Who the patient is, as the first version wrote it: without the time that it was said. No longer written.</summary>
public sealed record PatientDescribed(PatientRef Patient) : PatientEvent;

/// <summary>What a message said of the patient, and when: particulars said later than that stay.</summary>
public sealed record PatientTold(PatientFacts Facts, DateTimeOffset At) : PatientEvent;

/// <summary>A visit of the patient began, ended, was expected or revoked, or got its number. The latest entry of a visit counts.</summary>
public sealed record VisitListed(VisitEntry Entry) : PatientEvent;

/// <summary>The visit belongs to another patient now.</summary>
public sealed record VisitGivenUp(VisitId Visit, PatientId To) : PatientEvent;

/// <summary>This patient is another one: everything is asked of that one from now on. The visits stay listed here as history.</summary>
public sealed record PatientMerged(PatientId Into) : PatientEvent;

/// <summary>This identifier is another one of that patient's: everything is asked of them.</summary>
public sealed record PatientAliased(PatientId Of) : PatientEvent;

/// <summary>These identifiers lead here; those that were retired by a merge say nothing of the person any more.</summary>
public sealed record NamesKnown(ImmutableArray<PatientId> Names, bool AreRetired) : PatientEvent;

/// <summary>A visit was another person's until a message said that it is this one's.</summary>
public sealed record VisitTaken(VisitId Visit, PatientId From) : PatientEvent;

/// <summary>Links between the person's visits began or ended.</summary>
public sealed record VisitsLinked(ImmutableArray<LinkChange> Changes) : PatientEvent;

/// <summary>Whichever visit bears the number <paramref name="From"/>, or will be heard of under it, bears <paramref name="To"/>.</summary>
/// <param name="SaidAt">When the sender recorded it.</param>
public sealed record VisitRenumbered(string From, string To, DateTimeOffset SaidAt) : PatientEvent;

/// <summary>Staff locked something of the person, or lifted it. Why stays with the visit where they said so.</summary>
/// <param name="At">When they said so: an earlier word that is heard later changes nothing.</param>
/// <param name="Visit">Where; null when another person's was taken over with them.</param>
public sealed record PatientLocked(PrivacyLock Lock, bool On, DateTimeOffset At, VisitId? Visit) : PatientEvent;

/// <summary>
/// Stands in the place of what was erased, and once more behind it. Nothing of the person is known from here on; who is heard of again begins anew.
/// </summary>
/// <param name="Erasure">Which one: the trail says who asked for it, and why.</param>
public sealed record PatientErased(Guid Erasure) : PatientEvent;

public sealed record PatientCommit(long Version, Guid Command, ImmutableArray<PatientEvent> Events);

/// <summary>One patient.</summary>
public sealed record Patient
{
    public const int RememberedCommands = 64;

    public long Version { get; init; }
    public PatientRef Ref { get; init; } = new();
    public SaidTimes SaidAt { get; init; } = new();

    /// <summary>The latest time of particulars in the journal. What is heard after it and is no news is kept in memory for a while.</summary>
    public DateTimeOffset? WrittenAt { get; init; }
    public PatientId? MergedInto { get; init; }

    /// <summary>True when this identifier is only another one of <see cref="MergedInto"/>.</summary>
    public bool IsAlias { get; init; }

    /// <summary>Identifiers that lead here, and whether a merge retired them.</summary>
    public ImmutableDictionary<PatientId, bool> Names { get; init; } = ImmutableDictionary<PatientId, bool>.Empty;

    /// <summary>Numbers that were given up, each with the event that says for which.</summary>
    public ImmutableDictionary<string, VisitRenumbered> Renumbered { get; init; } = ImmutableDictionary<string, VisitRenumbered>.Empty;

    /// <summary>The number that a visit bears that is said to have this one.</summary>
    public string? Now(string? number)
    {
        for (var hop = 0; number is not null && hop < Renumbered.Count && Renumbered.TryGetValue(number, out var given); hop++) number = given.To;
        return number;
    }

    /// <summary>Links between visits that hold.</summary>
    public ImmutableArray<LinkChange> Links { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public ImmutableArray<VisitEntry> Visits { get; init; } = [];

    /// <summary>Recent commands, so that a retry goes where the first attempt went and shows what that one changed.</summary>
    public ImmutableArray<PatientMemory> Commands { get; init; } = [];

    /// <summary>What is remembered of a command; null when it was not carried out, or too long ago.</summary>
    public PatientMemory? Recall(CommandId command) => Commands.LastOrDefault(known => known.Command == command.Value);

    /// <summary>What was known up to this version was erased: a message from then that is sent again is no news. 0 when nothing ever was.</summary>
    public long ErasedThrough { get; init; }

    /// <summary>Whether anything is known of somebody under this identifier.</summary>
    public bool IsKnown => Version > ErasedThrough;

    public static readonly Patient Unknown = new();
}

/// <param name="Visit">The visit that was listed; null when the list stayed as it was, which does not mean that the command was about none.</param>
/// <param name="Shown">Whether it changed what other visits show of the person.</param>
/// <param name="TakenFrom">Whose visit it was until then.</param>
public sealed record PatientMemory(Guid Command, VisitId? Visit, bool Shown, PatientId? TakenFrom, ImmutableArray<LinkChange> Links);

public static class PatientFold
{
    public static Patient Fold(Patient patient, PatientCommit commit)
    {
        VisitId? about = null;
        PatientId? takenFrom = null;
        ImmutableArray<LinkChange> links = [];
        var before = patient.Ref;
        foreach (var e in commit.Events)
        {
            if (e is VisitListed listed) about = listed.Entry.Visit;
            if (e is VisitTaken taken) takenFrom = taken.From;
            if (e is VisitsLinked linked) links = links.AddRange(linked.Changes);
            patient = Apply(patient, e);
        }

        var commands = patient.Commands.Length < Patient.RememberedCommands ? patient.Commands : patient.Commands.RemoveAt(0);
        if (commit.Events.Any(e => e is PatientErased)) patient = patient with { ErasedThrough = commit.Version };
        return patient with
        {
            Version = commit.Version,
            Commands = commands.Add(new(commit.Command, about, patient.Ref != before, takenFrom, links))
        };
    }

    /// <summary>The patient as they would be after <paramref name="events"/>, which are not committed yet.</summary>
    internal static Patient Preview(Patient patient, ImmutableArray<PatientEvent> events)
    {
        foreach (var e in events) patient = Apply(patient, e);
        return patient;
    }

    private static Patient Apply(Patient patient, PatientEvent e) => e switch
    {
        PatientDescribed d => patient with { Ref = d.Patient },
        PatientTold t => Particulars.Apply(patient, t.Facts, t.At) with { WrittenAt = t.At > patient.WrittenAt ? t.At : patient.WrittenAt ?? t.At },
        VisitListed l => patient with { Visits = List(patient.Visits, l.Entry) },
        VisitGivenUp g => patient with { Visits = patient.Visits.RemoveAll(v => v.Visit == g.Visit) },
        PatientMerged m => patient with { MergedInto = m.Into, IsAlias = false },
        PatientAliased a => patient with { MergedInto = a.Of, IsAlias = true },
        NamesKnown n => patient with { Names = patient.Names.SetItems(n.Names.Select(name => KeyValuePair.Create(name, n.AreRetired))) },
        VisitTaken => patient,
        PatientLocked l =>
            patient with
            {
                Ref = patient.Ref with { Locks = PersonLocks.Join(patient.Ref.Locks, PersonLocks.None.With(l.Lock, new LockWord(l.On, l.At))) }
            },
        PatientErased => Patient.Unknown with { Ref = new PatientRef { Id = patient.Ref.Id } },
        VisitRenumbered r => patient with { Renumbered = Renumber(patient.Renumbered, r) },
        VisitsLinked l => patient with
        {
            // Which two are one visit is for good, and told by their being one.
            Links = [.. patient.Links.Where(known => !l.Changes.Any(c => Relations.IsSame(c, known))),
                .. l.Changes.Where(c => c is { Ends: false, Kind: not LinkKind.SameAs })],
        },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    /// <summary>A number that is given back is given up no more; of two that give each other up the later said counts.</summary>
    private static ImmutableDictionary<string, VisitRenumbered> Renumber(ImmutableDictionary<string, VisitRenumbered> known, VisitRenumbered given)
    {
        if (known.TryGetValue(given.From, out var before) && before.SaidAt > given.SaidAt) return known;
        if (known.TryGetValue(given.To, out var back) && back.To == given.From)
        {
            if (back.SaidAt > given.SaidAt) return known;
            known = known.Remove(given.To);
        }

        return known.SetItem(given.From, given);
    }

    private static ImmutableArray<VisitEntry> List(ImmutableArray<VisitEntry> visits, VisitEntry entry)
    {
        visits = visits.RemoveAll(v => v.Visit == entry.Visit);
        var at = visits.Length;
        while (at > 0 && visits[at - 1].OpenedAt > entry.OpenedAt) at--;
        return visits.Insert(at, entry);
    }
}

/// <summary>A patient's journal payload as JSON.</summary>
public static class PatientJson
{
    public static byte[] Write(Actor by, ImmutableArray<PatientEvent> events) => PatientEvent.Codec.Write(by, events);

    public static PatientCommit Read(long version, Guid command, ReadOnlySpan<byte> payload) =>
        new(version, command, PatientEvent.Codec.Read(payload).Events);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(EventList<PatientEvent>))]
internal sealed partial class PatientJsonContext : JsonSerializerContext;
