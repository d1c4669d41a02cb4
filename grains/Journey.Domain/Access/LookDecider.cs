using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts.Access;
using Journey.Domain.Policies;

namespace Journey.Domain.Access;

/// <summary>
/// Finds what is worth the privacy officer's question in what one person looks at, look by look. It accuses nobody: each finding waits for somebody
/// to say whether there was a reason.
/// </summary>
public static class LookDecider
{
    /// <summary>Fewer shifts do not say what is usual for somebody.</summary>
    public const int FewestShifts = 5;

    /// <summary>So long after the last of many searches somebody may still find whom they look for.</summary>
    public static readonly TimeSpan StillLooking = TimeSpan.FromMinutes(10);

    public static ImmutableArray<LookEvent> Decide(LookBook book, NoteLooks command, Policy policy)
    {
        var events = ImmutableArray.CreateBuilder<LookEvent>();
        foreach (var look in command.Looks.OrderBy(look => look.At))
        {
            var (began, _) = policy.Shifts.At(look.At, policy.TimeZone);
            // Of what a slow gateway tells late it counts in the shift that runs.
            if (book.Shift is not { } shift || began > shift) Add(new ShiftTurned(began));
            Settle(look);
            Add(new LookNoted(look));
            foreach (var finding in FindingsIn(book, look, command, policy))
                if (News(book.Find(finding.Id), finding) is { } news && !policy.Snooping.Without.Contains(finding.Rule)) Add(new FindingRaised(news));
        }

        return events.DrainToImmutable();

        void Add(LookEvent e)
        {
            events.Add(e);
            book = book.Fold(e);
        }

        void Settle(Look look)
        {
            var settled = look.Kind switch
            {
                LookKind.Did => book.Glass.Where(glass => glass.Visit == look.Visit && look.At < glass.Until).Select(glass => glass.Finding),
                LookKind.Opened when book.Searches is { } run => [FindingKeys.Id(FindingRule.Browsing, command.By.Id, About(run.First))],
                _ => [],
            };
            foreach (var id in settled.ToArray())
                if (book.Find(id) is { IsSettled: false } finding && look.At < finding.StandsFrom) Add(new FindingSettled(id));
        }
    }

    /// <summary>
    /// From how many patients in a shift on it is more than usual: by what is usual for them, within half and twice what is usual for their role.
    /// </summary>
    public static int UsualPatients(LookBook book, ImmutableArray<Role> roles, SnoopingPolicy policy)
    {
        var ofRole = policy.PatientsOf(roles);
        if (book.Usual.Length < FewestShifts) return ofRole;
        var median = book.Usual.Order().ElementAt(book.Usual.Length / 2);
        return Math.Clamp(median * policy.Times, Math.Max(1, ofRole / 2), ofRole * 2);
    }

    private static IEnumerable<Finding> FindingsIn(LookBook book, Look look, NoteLooks command, Policy policy)
    {
        var snooping = policy.Snooping;
        if (look.Kind == LookKind.Searched && book.Searches is { } run && run.Count >= snooping.Searches)
            yield return Found(FindingRule.Browsing, About(run.First)) with
            {
                StandsFrom = look.At + StillLooking,
                Count = run.Count,
                Usual = snooping.Searches - 1
            };
        if (look.Visit is not { } visit) yield break;
        if (look.Kind == LookKind.BrokeGlass)
            yield return Found(FindingRule.GlassUnused, About(look.Id)) with
            {
                StandsFrom = look.At + snooping.Glass,
                Visit = visit,
                Unit = look.Unit
            };
        if (look.Kind != LookKind.Opened) yield break;

        var usual = UsualPatients(book, command.Roles, snooping);
        if (book.Opened.Count > usual)
            yield return Found(FindingRule.Volume, book.Shift!.Value.ToString("O", CultureInfo.InvariantCulture)) with
            {
                Count = book.Opened.Count,
                Usual = usual
            };

        var (hasPart, isInCharge) = (look.Signs.HasFlag(LookSigns.HasPart), look.Signs.HasFlag(LookSigns.InCharge));
        if (look.Signs.HasFlag(LookSigns.OwnRecord)) yield return OfVisit(FindingRule.OwnRecord);
        // Whoever is one's own patient bears one's surname as well: that says nothing more.
        else if (look.Signs.HasFlag(LookSigns.SameSurname) && !hasPart && !isInCharge) yield return OfVisit(FindingRule.SameSurname);
        if (look.Signs.HasFlag(LookSigns.Hidden) && !hasPart && !isInCharge) yield return OfVisit(FindingRule.Hidden);
        if (look.EndedAt is { } ended && look.At - ended > snooping.After && !hasPart && !look.Signs.HasFlag(LookSigns.ByGlass))
            yield return OfVisit(FindingRule.AfterCare);

        Finding Found(FindingRule rule, string about) =>
            new(FindingKeys.Id(rule, command.By.Id, about), rule, command.By, command.Account, look.At, look.At);
        Finding OfVisit(FindingRule rule) => Found(rule, About(visit)) with { Visit = visit, Unit = look.Unit };
    }

    /// <summary>What grows is told again at its double, and stands where it stood: each look more would be news of nothing.</summary>
    private static Finding? News(Finding? known, Finding found) => known switch
    {
        null => found,
        { IsSettled: false } when found.Count >= known.Count * 2 => found with { StandsFrom = known.StandsFrom },
        _ => null,
    };

    private static string About(Guid id) => id.ToString("N");
}
