using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Identity;

namespace Journey.Gateway.Trust.Audit;

/// <summary>What a request's entry will say, gathered while it is carried out.</summary>
internal sealed class AuditNote
{
    private static readonly object Key = new();

    private AuditNote(HttpContext http) => Who = AuditWho.Identify(http);

    public AuditParty Who { get; private set; }
    public Guid? Visit { get; set; }
    public Guid? Patient { get; set; }
    public string? Unit { get; set; }
    public string? Detail { get; set; }

    /// <summary>How it ended, where the answer's status does not say; null where it does.</summary>
    public AuditOutcome? Outcome { get; private set; }

    public bool IsRecorded { get; private set; }

    /// <summary>The visit that was opened; null where none was.</summary>
    private SeenVisit? Seen { get; set; }

    public static AuditNote For(HttpContext http)
    {
        if (http.Items[Key] is AuditNote note) return note;
        note = new AuditNote(http);
        http.Items[Key] = note;
        return note;
    }

    /// <summary>
    /// A family stood at its door with a link to <paramref name="visit"/>, null when it was not asked: who they are the visit knows, not the sign-in.
    /// </summary>
    public static void Family(HttpContext http, Guid? visit, FamilyAnswer answer)
    {
        var (note, isOpen) = (For(http), answer.Door == FamilyDoor.Open);
        // By the contact's id and not their name: the trail is kept when what is known of patient and family is erased.
        note.Who = new AuditParty(
            answer.Contact is { } contact ? $"{Actor.FamilyId}/{contact:N}" : Actor.FamilyId, answer.Contact is null
                ? null
                : "a contact of the family", ["family"], isOpen ? "link and code word" : null, AuditWho.Address(http));
        // A made-up link names no visit: whoever guesses must not write into the history of any.
        note.Visit = answer.Door == FamilyDoor.NoSuchLink ? null : visit;
        (note.Outcome, note.Detail) = (isOpen ? null : AuditOutcome.Refused, isOpen ? null : WireName<FamilyDoor>.Dashed(answer.Door));
    }

    /// <summary>The visit was opened by a caller whom it admitted: on what ground, the visit as it stands tells.</summary>
    public static void Saw(HttpContext http, VisitRow visit, DateTimeOffset now)
    {
        var (note, caller) = (For(http), http.Caller());
        note.Seen = SeenVisit.For(http, visit, now);
        // Where nobody signs in there is no ground to tell.
        if (!http.RequestServices.GetRequiredService<Callers>().SignIn) return;
        var ground = VisitAccess.GroundOf(caller, visit, now) switch
        {
            Contracts.Access.Ground.Assigned => "assigned",
            Contracts.Access.Ground.Glass => $"break-the-glass/{VisitAccess.Grant(caller, visit, now)!.Id:N}",
            _ => null, // By what their role may on its units, which stands there already.
        };
        if (ground is not null) note.Who = note.Who with { Authority = ground };
    }

    /// <summary>Records a command before it is sent. A change that cannot be recorded is not made.</summary>
    public static Task Change(HttpContext http, Guid? visit, CommandId command)
    {
        var note = For(http);
        note.Visit ??= visit;
        return note.Record(http, Action(http), AuditOutcome.Sent, command.Value, []);
    }

    /// <summary>Records that a command which was sent changed nothing: a reader of the trail would take it for done.</summary>
    public static Task Refused(HttpContext http, CommandId command) => For(http).Record(http, Action(http), AuditOutcome.Refused, command.Value, []);

    private static AuditAction Action(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<AuditedAttribute>()?.Action ?? AuditAction.Change;

    public async Task Record(HttpContext http, AuditAction action, AuditOutcome outcome, Guid? command, ImmutableArray<Guid> found)
    {
        var services = http.RequestServices;
        var pattern = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var entry = new AuditEntry
        {
            Id = Guid.NewGuid(),
            At = Now(services),
            Who = Who,
            Action = action,
            Operation = $"{http.Request.Method} {pattern}",
            Outcome = Outcome ?? outcome,
            Visit = Visit ?? (http.Request.RouteValues["id"] is string id && Guid.TryParse(id, out var visit) ? visit : null),
            Patient = Patient,
            Unit = Unit ?? (UnitCode.TryReadSegment(http.Request.RouteValues["unit"] as string, out var unit) ? unit : null),
            Command = command,
            Found = found,
            Detail = Detail ?? Named(http),
        };
        await services.GetRequiredService<IAuditTrail>().Record(entry);
        IsRecorded = true;
        services.GetRequiredService<LookTeller>().Tell(http, entry, Seen);
    }

    /// <summary>
    /// What the path names beside the visit: a call, a contact, an alert. Only as an id; what else somebody types into an address may be anything.
    /// </summary>
    private static string? Named(HttpContext http) => http.Request.RouteValues.Where(part => part.Key is not "id")
        .Select(part => Guid.TryParse(part.Value as string, out var id) ? $"{part.Key} {id:D}" : null).FirstOrDefault(part => part is not null);

    /// <summary>Whole microseconds: what is stored and hashed.</summary>
    public static DateTimeOffset Now(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
