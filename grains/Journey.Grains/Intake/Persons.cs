using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Patients;
using Journey.Grains.Hosting;

namespace Journey.Grains.Intake;

/// <summary>
/// Finds who a message is about, and which of their visits: by every identifier it names, by whom those became, and by its visit number, whoever had it.
/// Each write has an id derived from the message's, so that what a crash interrupts is done once when the message comes again.
/// </summary>
internal sealed class Persons(IGrainFactory grains)
{
    /// <summary>Merges form chains, seldom longer than two.</summary>
    private const int MaxRedirects = 16;

    public async Task<PatientRoute> Receive(ReceivePatient command)
    {
        var route = await Ask(command);
        foreach (var alias in route.NewAliases) await Join(command, route.Patient.Id, alias);
        if (route is { TakenFrom: { } from, Visit: { } taken }) await Take(command, from, taken, route.Patient);
        if (route is { NamesVisit: true, Visit: { } visit } && command.Details.NumberKey is { } number)
            await grains.VisitNumber(number).Name(command.Id.Derive("number"), command.By, new NumberedVisit(visit, route.Patient.Id, command.SaidAt ?? command.OccurredAt));
        return route;
    }

    /// <summary>Asks the patient, or whom they became, and answers what must be known first.</summary>
    private async Task<PatientRoute> Ask(ReceivePatient command)
    {
        var patient = command.NamedAs;
        for (var hop = 0; hop < MaxRedirects; hop++)
        {
            var route = await grains.Patient(patient).Receive(command with { Facts = command.Facts with { Id = patient } });
            switch (route)
            {
                case { RedirectTo: { } next }:
                    patient = next;
                    command = command with { IsRetired = command.IsRetired || route.IsRetired };
                    break;
                case { Asks: RouteQuestion.Aliases }:
                    command = command with { AreAliasesAsked = true };
                    if (await FirstKnown(command.Facts, patient) is { } known) await Lead(command.Id, command.By, command.OccurredAt, command.Facts, patient, known, isRetired: false);
                    await Recall(command.Id, command.By, command.OccurredAt, command.Facts, patient, command.Facts.Earlier);
                    break;
                case { Asks: RouteQuestion.Number }:
                    // The visit of that number may be one that was recorded under the id of before.
                    if (!await Recall(command.Id, command.By, command.OccurredAt, command.Facts, patient, command.Facts.Earlier)) command = await WithNumber(command, patient);
                    break;
                case { Asks: RouteQuestion.Visits }:
                    command = command with { Completed = await Complete(patient) };
                    break;
                default:
                    return route;
            }
        }

        throw new InvalidOperationException("Merges go round in a circle.");
    }

    /// <summary>Whom one of the message's other identifiers leads to; null when nobody is known by any.</summary>
    private async Task<PatientId?> FirstKnown(PatientFacts facts, PatientId asked)
    {
        foreach (var name in facts.Aliases.IsDefault ? [] : facts.Aliases)
        {
            if (name == asked || await grains.Patient(name).Read() is not { } view) continue;
            var root = view.MergedInto is null ? name : await Root(name);
            if (root != asked) return root;
        }

        return null;
    }

    /// <summary>
    /// Whoever the versions before 2026-12 knew by another id is this person, with the visits that were recorded there. The person has them before they are given up:
    /// a crash in between loses nothing. False when nobody was known by it, or is this person already.
    /// </summary>
    public async Task<bool> Recall(CommandId id, Actor by, DateTimeOffset at, PatientFacts facts, PatientId person, PatientId? earlier)
    {
        if (earlier is not { } old || await grains.Patient(old).Read() is not { } before) return false;
        var (known, now) = (await Root(old), await Root(person));
        if (known == now) return false;
        if (await grains.Patient(now).Read() is null)
        {
            await Lead(id, by, at, facts, now, known, isRetired: before.MergedInto is not null);
            return true;
        }

        var visits = (await grains.Patient(known).Read())?.Visits ?? [];
        var route = await grains.Patient(now).Absorb(Names(id, by, at, facts, known) with { Visits = visits });
        await grains.Patient(known).Yield(new YieldPatient(id.Derive("alias-" + known), by, at, now, null) { IsAlias = true });
        foreach (var visit in visits) await Show(id, by, at, visit.Visit, route.Patient, isAnother: false);
        await Link(id.Derive("earlier-" + known), by, route.Links);
        return true;
    }

    /// <summary>An identifier by which nobody was known yet leads to somebody who is.</summary>
    private async Task Lead(CommandId id, Actor by, DateTimeOffset at, PatientFacts facts, PatientId name, PatientId known, bool isRetired)
    {
        await grains.Patient(name).Yield(new YieldPatient(id.Derive("alias-" + name), by, at, known, null) { IsAlias = !isRetired });
        await grains.Patient(known).Absorb(Names(id, by, at, facts, name) with { IsAlias = !isRetired });
    }

    /// <summary>What a version before 2026-12 left open in its list of visits, as the visits themselves have it.</summary>
    private async Task<ImmutableArray<VisitEntry>> Complete(PatientId patient)
    {
        var complete = ImmutableArray.CreateBuilder<VisitEntry>();
        foreach (var entry in (await grains.Patient(patient).Read())?.Visits ?? [])
        {
            if (!PatientDecider.IsIncomplete(entry) || await grains.Visit(entry.Visit).Row() is not { } row) continue;
            complete.Add(entry with
            {
                Class = row.Class, IsInpatient = row.Class is PatientClass.Inpatient or PatientClass.Observation, Location = row.Location,
                Planned = row.Plan is { Kind: PlanKind.Admit, To: { } to } ? to : entry.Planned,
            });
        }

        return complete.ToImmutable();
    }

    private async Task<ReceivePatient> WithNumber(ReceivePatient command, PatientId patient)
    {
        command = command with { IsNumberAsked = true };
        if (await grains.VisitNumber(command.Details.NumberKey!.Value).Read() is not { } numbered) return command;
        command = command with { Numbered = numbered };
        var holder = await Root(numbered.Patient);
        if (holder == patient || await grains.Patient(holder).Read() is not { } theirs) return command;
        return theirs.Visits.LastOrDefault(v => v.Visit == numbered.Visit) is { } entry ? command with { Theirs = entry, Numbered = numbered with { Patient = holder } } : command;
    }

    /// <summary>Another identifier of the same person. Somebody who was known by it alone is this person: one message names both as one.</summary>
    private async Task Join(ReceivePatient command, PatientId person, PatientId alias)
    {
        var other = await Root(alias);
        var yielded = other == person ? Yielded.Nothing
            : await grains.Patient(other).Yield(new YieldPatient(command.Id.Derive("alias-" + other), command.By, command.OccurredAt, person, null) { IsAlias = true });
        var route = await grains.Patient(person).Absorb(Names(command.Id, command.By, command.OccurredAt, command.Facts, alias) with { Visits = yielded.Visits, Names = yielded.Names, Was = yielded.Was });
        foreach (var visit in yielded.Visits) await Show(command.Id, command.By, command.OccurredAt, visit.Visit, route.Patient, isAnother: false);
        await Link(command.Id.Derive("alias-" + alias), command.By, route.Links);
    }

    private static AbsorbPatient Names(CommandId id, Actor by, DateTimeOffset at, PatientFacts facts, PatientId alias) =>
        new(id.Derive("names-" + alias), by, at, facts, alias, []) { IsSilent = true, IsAlias = true };

    /// <summary>The visit was another person's: they give it up, and it shows whose it is now.</summary>
    private async Task Take(ReceivePatient command, PatientId from, VisitId visit, PatientRef patient)
    {
        await grains.Patient(from).Yield(new YieldPatient(command.Id.Derive("give-up"), command.By, command.OccurredAt, patient.Id, null) { Visit = visit });
        await Show(command.Id, command.By, command.OccurredAt, visit, patient, isAnother: true);
    }

    /// <summary>A visit shows its person as they are known now.</summary>
    public Task Show(CommandId id, Actor by, DateTimeOffset at, VisitId visit, PatientRef patient, bool isAnother) => grains.Visit(visit).Identify(
        new Identify(id.Derive("identify-" + visit), by, at, VisitDetails.None, patient, null) { IsAnother = isAnother });

    /// <summary>
    /// Carries links out: what was promised, asked and told goes with the person, and comes back when the link turns out never to have been. The visit that
    /// receives is told first with nothing, so that a crash in between leaves both visits as they were.
    /// </summary>
    public async Task Link(CommandId id, Actor by, ImmutableArray<LinkChange> changes)
    {
        foreach (var change in changes)
        {
            var (step, from, to) = (id.Derive($"link-{change.From}-{change.To}-{change.Ends}"), grains.Visit(change.From), grains.Visit(change.To));
            var link = new VisitLink(change.Kind, change.To, change.Number, change.Unit, null);
            if (change.Kind != LinkKind.AdmittedTo)
            {
                await from.Link(new LinkVisit(step, by, change.At, link, change.Ends, null));
                continue;
            }

            if (change.Ends)
            {
                var back = await to.Link(new LinkVisit(step, by, change.At, new VisitLink(LinkKind.AdmittedFrom, change.From, null, null, null), true, null));
                await from.Link(new LinkVisit(step, by, change.At, link, true, back));
                continue;
            }

            if (await from.Link(new LinkVisit(step, by, change.At, link, false, null)) is { } along)
                await to.Link(new LinkVisit(step, by, change.At, along.Link, false, along));
        }
    }

    /// <summary>Who a patient is now, after all merges.</summary>
    public async Task<PatientId> Root(PatientId patient)
    {
        for (var hop = 0; hop < MaxRedirects; hop++)
        {
            if ((await grains.Patient(patient).Read())?.MergedInto is not { } next) return patient;
            patient = next;
        }

        throw new InvalidOperationException("Merges go round in a circle.");
    }
}
