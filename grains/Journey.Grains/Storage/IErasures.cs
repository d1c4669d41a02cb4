using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Audit;

namespace Journey.Grains.Storage;

/// <summary>Takes away what is known of persons, for good.</summary>
public interface IErasures
{
    /// <summary>
    /// Persons whose every visit ended before a time, and of whom nothing was heard since; at most so many. Null when there is nobody.
    /// </summary>
    Task<Erasure?> Closed(DateTimeOffset before, int most, DateTimeOffset now, string why, CancellationToken cancellation = default);

    /// <summary>Done as a whole or not at all when it throws; and then it is carried out when the store is opened next.</summary>
    Task<ErasureResult> Erase(Erasure erasure, CancellationToken cancellation = default);

    /// <summary>Takes the words out of calls before a time: nobody can tell whose most of them were. Returns of how many.</summary>
    Task<int> ForgetCalls(DateTimeOffset before, CancellationToken cancellation = default);
}

/// <summary>An erasure that was decided: ids and nothing else.</summary>
/// <param name="Id">Its id, in the trail and in each stream.</param>
/// <param name="At">When.</param>
/// <param name="Patients">Every identifier that the persons were known by.</param>
/// <param name="Visits">Their visits.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Reason">A word or the number of a case.</param>
public sealed record Erasure(Guid Id, DateTimeOffset At, IReadOnlyList<Guid> Patients, IReadOnlyList<Guid> Visits, string By, string Reason)
{
    /// <summary>What the trail says of it before and after: who, why and how much. By the ids of its visits it is found.</summary>
    /// <param name="asked">Whom somebody asked for; null when it was nobody alone.</param>
    /// <param name="result">Null before it.</param>
    public AuditEntry Entry(Guid? asked, ErasureResult? result, DateTimeOffset now) => new()
    {
        Id = NameBasedGuid.Create(Id, result is null ? "asked" : "done", now.UtcTicks.ToString(CultureInfo.InvariantCulture)),
        At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)), Who = new AuditParty(By), Action = AuditAction.Erase, Operation = "erase",
        Outcome = result is null ? AuditOutcome.Sent : AuditOutcome.Done,
        Patient = asked, Command = Id, Found = [.. Visits], Detail = result is null ? Reason : $"{Reason}: {result}",
    };
}

/// <summary>What an erasure took away. No names: for the trail, and for whoever ran it.</summary>
/// <param name="Commits">Rows of the journal that are tombstones now.</param>
/// <param name="Lines">Commits that stay and lost what they said of them: of the hotline and of broken glass, and where a visit became another
/// person's.</param>
/// <param name="Messages">Lines of the message log.</param>
public sealed record ErasureResult(int Visits, long Commits, int Lines, int Messages)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Visits} visits, {Commits} commits, {Lines} lines of others, {Messages} messages");
}
