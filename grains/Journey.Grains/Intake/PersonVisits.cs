using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Patients;
using Journey.Grains.Runtime;

namespace Journey.Grains.Intake;

/// <summary>What a person's visits are told of the person and of each other, and the person's list of them.</summary>
internal sealed class PersonVisits(IGrainFactory grains)
{
    /// <summary>A visit shows its person as they are known now.</summary>
    public Task Show(CommandId id, Actor by, DateTimeOffset at, VisitId visit, PatientRef patient, bool isAnother,
        ImmutableArray<PatientId> united = default) => grains.Visit(visit).Identify(
        new Identify(id.Derive("identify-" + visit), by, at, VisitDetails.None, patient, null)
        {
            IsAnother = isAnother, United = united.IsDefault
            ? []
            : united
        });

    /// <summary>The patient's other visits show the new particulars too.</summary>
    public async Task TellOthers(CommandId id, Actor by, DateTimeOffset at, PatientRoute route, ImmutableArray<PatientId> united = default)
    {
        foreach (var visit in route.ToTell) await Show(id, by, at, visit, route.Patient, isAnother: false, united);
    }

    /// <summary>
    /// What staff locked on a visit, or lifted, is known of the person first, then of their other visits, and of that visit last: until it is told,
    /// it has all of this done again. Their particulars are not said along: whoever moves a visit meanwhile knows better whose it is.
    /// </summary>
    public async Task Lock(PatientId patient, LockPatient command)
    {
        var route = await grains.Patient(patient).Lock(command);
        for (var hop = 0; route.RedirectTo is { } next && hop < Merges.MaxHops; hop++) route = await grains.Patient(next).Lock(command);
        var locks = route.Patient.Locks ?? throw new InvalidOperationException("Merges go round in a circle.");
        foreach (var visit in route.ToTell)
            if (visit != command.Visit) await grains.Visit(visit)
                .HearLocks(new HearLocks(command.Id.Derive("locks-" + visit), command.By, command.At, locks, null));
        await grains.Visit(command.Visit)
            .HearLocks(new HearLocks(command.Id.Derive("locks-" + command.Visit), command.By, command.At, locks, patient));
    }

    /// <summary>
    /// The visit was just told who its person is, and two messages at once may tell it in the wrong order: it is told again until it shows who has
    /// it, as they are known.
    /// </summary>
    public async Task Settle(CommandId id, Actor by, DateTimeOffset at, VisitId visit, PatientRef shown, Guid? number)
    {
        for (var attempt = 0; attempt < Merges.MaxHops; attempt++)
        {
            var (root, person) = await grains.CurrentPerson(shown.Id);
            if (person?.Visits.Any(v => v.Visit == visit) == false && number is { } key && await grains.VisitNumber(key).Read() is { } numbered
                && numbered.Visit == visit)
                person = (await grains.CurrentPerson(numbered.Patient)).View;
            if (person is null || person.Patient == shown) return;
            await Show(id.Derive("settle-" + attempt), by, at, visit, person.Patient, isAnother: person.Patient.Id != shown.Id
                && person.Patient.Id != root);
            shown = person.Patient;
        }
    }

    /// <summary>
    /// The list has the visit otherwise than it stands by its own facts, as when a cancel came before what it cancels, an end that was recorded
    /// before the arrival after it, or an update that moved the patient: the list follows, and the links with it.
    /// </summary>
    public async Task<bool> Correct(CommandId id, Actor by, PatientId patient, VisitId visit, VisitStatus status, Placing? placing, SeenByStaff? seen)
    {
        for (var attempt = 0; attempt < Merges.MaxHops; attempt++)
        {
            var (root, person) = await grains.CurrentPerson(patient);
            if (person?.Visits.FirstOrDefault(v => v.Visit == visit) is not { } listed) return attempt > 0;
            var (state, place) = (Corrected(listed.State, status), placing?.At > listed.PlacedAt ? placing : null);
            if (seen?.Left == listed.Left) seen = null;
            if (state is null && place is null && seen is null) return attempt > 0;
            var step = id.Derive("correct-" + attempt);
            await Link(step, by, await grains.Patient(root).CorrectVisit(new CorrectVisit(step, by, visit, state) { Placing = place, Seen = seen }));
            status = (await grains.Visit(visit).Row())?.Status ?? status;
        }

        return true;
    }

    private static VisitEntryState? Corrected(VisitEntryState listed, VisitStatus status) => (listed, status) switch
    {
        (VisitEntryState.Open or VisitEntryState.Expected, VisitStatus.Cancelled) => VisitEntryState.Revoked,
        (VisitEntryState.Open or VisitEntryState.Revoked, VisitStatus.Expected) => VisitEntryState.Expected,
        (VisitEntryState.Revoked or VisitEntryState.Closed, VisitStatus.Present or VisitStatus.OnLeave) => VisitEntryState.Open,
        _ => null,
    };

    /// <summary>
    /// Carries links out: what was promised, asked and told goes with the person, and comes back when the link turns out never to have been. It
    /// stands where it was until it stands where it goes, so that a crash in between loses nothing.
    /// </summary>
    public async Task Link(CommandId id, Actor by, PatientRoute route)
    {
        foreach (var change in route.Links) await Link(id, by, change);
        if (route.Links.IsEmpty || (await grains.CurrentPerson(route.Patient.Id)).View is not { } person) return;
        // Two messages at once may carry out their links in the wrong order. The person's list decides: where a visit differs from it, the link is
        // carried out again.
        foreach (var change in route.Links.Where(c => c.Kind != LinkKind.SameAs && c.Ends == person.Links.Any(l => Relations.IsSame(l, c))))
            await Link(id.Derive("again"), by, change with { Ends = !change.Ends });
    }

    public async Task Link(CommandId id, Actor by, LinkChange change)
    {
        var (step, from, to) = (id.Derive($"link-{change.From}-{change.To}-{change.Ends}"), grains.Visit(change.From), grains.Visit(change.To));
        var link = new VisitLink(change.Kind, change.To, change.Number, change.Unit, null);
        switch (change)
        {
            case { Kind: LinkKind.AdmittedTo, Ends: true }:
                await from.Link(new LinkVisit(step, by, change.At, link, true, await to.Carried()));
                await to.Link(new LinkVisit(step, by, change.At, new VisitLink(LinkKind.AdmittedFrom, change.From, null, null, null), true, null));
                break;
            case { Kind: LinkKind.AdmittedTo or LinkKind.SameAs, Ends: false }:
                if (await from.Link(new LinkVisit(step, by, change.At, link, false, null)) is { } along)
                    await to.Link(new LinkVisit(step, by, change.At, along.Link, false, along));
                break;
            default:
                await from.Link(new LinkVisit(step, by, change.At, link, change.Ends, null));
                break;
        }
    }
}
