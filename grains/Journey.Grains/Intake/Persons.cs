using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Patients;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;

namespace Journey.Grains.Intake;

/// <summary>
/// Finds who a message is about, and which of their visits: by every identifier it names, by whom those became, and by its visit number, whoever had
/// it. Each write has an id derived from the message's, so that what a crash interrupts is done once when the message comes again.
/// </summary>
internal sealed class Persons(IGrainFactory grains, IJournal journal)
{
    public PersonVisits Visits { get; } = new(grains);

    private IUnionGrain Unions => grains.GetGrain<IUnionGrain>(0);

    public async Task<PatientRoute> Receive(ReceivePatient command)
    {
        var route = await Ask(command);
        if (!await Join(command, route.Patient.Id, route.NewAliases)) route = route with { IsKeptApart = true };
        if (route is { TakenFrom: { } from, Visit: { } taken }) await Take(command, from, taken, route.Patient);
        if (route is { NamesVisit: true, Visit: { } visit } && command.Details.NumberKey is { } number)
            route = await Name(command, number, visit, route);
        return route;
    }

    /// <summary>
    /// Asks the patient, or whom they became. What the patient must know before it answers is found out and the question put again.
    /// </summary>
    private async Task<PatientRoute> Ask(ReceivePatient command)
    {
        var patient = command.NamedAs;
        PatientId? earlierAsked = null;
        PatientRoute? foreseen = null;
        for (var hop = 0; hop < Merges.MaxHops; hop++)
        {
            if (command.Facts.Id != patient) command = command with { Facts = command.Facts with { Id = patient } };
            var route = foreseen ?? await grains.Patient(patient).Receive(command);
            foreseen = null;
            switch (route)
            {
                case { RedirectTo: { } next }:
                    patient = next;
                    command = command with { IsRetired = command.IsRetired || route.IsRetired };
                    break;
                case { Asks: RouteQuestion.Aliases }:
                    command = command with { AreAliasesAsked = true };
                    var known = await FirstKnown(command.Facts, patient);
                    if (known is { } other) await Unite(command, command.Facts with { Id = other }, patient);
                    earlierAsked = patient;
                    var isNew = !await UniteWithEarlier(command.Id, command.By, command.OccurredAt, command.Facts, patient, command.Facts.Earlier)
                        && known is null;
                    // Of whom nothing is known nothing is listed: they would ask for the number next.
                    if (isNew && command is { IsNumberAsked: false, Details.NumberKey: not null, Intent: not VisitIntent.None })
                        foreseen = route with { Asks = RouteQuestion.Number };
                    break;
                case { Asks: RouteQuestion.Number }:
                    // The visit with that number may be recorded under the person's earlier id.
                    if (earlierAsked != patient
                        && await UniteWithEarlier(command.Id, command.By, command.OccurredAt, command.Facts, patient, command.Facts.Earlier)) break;
                    command = await WithNumber(command, patient);
                    if (command.Numbered is not { } numbered || numbered.Patient == patient || !IsForHolder(command, numbered)) break;
                    await TellPerson(command, patient);
                    if (await grains.CurrentId(numbered.Patient) is var holder && holder != await grains.CurrentId(patient))
                        return await AskHolder(command, holder);
                    // The message itself says that the two are one.
                    (patient, command) = (holder, command with { Numbered = numbered with { Patient = holder }, Theirs = null });
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

    /// <summary>
    /// Whether the visit stays another person's: the message only speaks of it, or names nobody by a number of their own, or is older than what was
    /// said since.
    /// </summary>
    private static bool IsForHolder(ReceivePatient command, NumberedVisit numbered) => IsKeptApart(command)
        || command.Intent == VisitIntent.Mentions || command.Facts.Number is null || (command.SaidAt ?? command.OccurredAt) < numbered.SaidAt;

    /// <summary>Whether the visit would become the named person's by this message, and its sender may not bring that about.</summary>
    private static bool IsKeptApart(ReceivePatient command) => command.Facts.Barred.HasFlag(Barred.Unite) && VisitRouting.Theirs(command) is not null;

    /// <summary>
    /// Each identifier leads to the person from now on. False when one leads to somebody else already, and the message's sender may not make one of
    /// two.
    /// </summary>
    private async Task<bool> Join(ReceivePatient command, PatientId person, ImmutableArray<PatientId> aliases)
    {
        var all = true;
        foreach (var alias in aliases)
        {
            if (command.Facts.Barred.HasFlag(Barred.Unite) && await grains.CurrentPerson(alias) is { View: not null, Id: var other }
                && other != await grains.CurrentId(person)) all = false;
            else await Unite(command, command.Facts with { Id = person }, alias);
        }

        return all;
    }

    /// <summary>A message about another person's visit still says who the person is that it names: they are told.</summary>
    private async Task TellPerson(ReceivePatient command, PatientId patient)
    {
        if (command.Intent == VisitIntent.Mentions) return;
        var person = await grains.Patient(patient)
            .Receive(command with
            {
                Id = command.Id.Derive("person"),
                Facts = command.Facts with { Id = patient },
                Intent = VisitIntent.None,
                AreAliasesAsked = true
            });
        await Join(command, patient, person.NewAliases);
    }

    /// <summary>A message that comes late may be about a visit that is another person's by now: that person is asked.</summary>
    private async Task<PatientRoute> AskHolder(ReceivePatient command, PatientId holder)
    {
        var route = await Ask(command with { NamedAs = holder, Facts = new PatientFacts { Id = holder }, IsRetired = false, Theirs = null });
        return route with { NewAliases = [], NamesVisit = false, IsAnothers = true, IsKeptApart = IsKeptApart(command) };
    }

    /// <summary>Whom one of the message's other identifiers leads to; null when nobody is known by any.</summary>
    private async Task<PatientId?> FirstKnown(PatientFacts facts, PatientId asked)
    {
        foreach (var name in facts.Aliases.IsDefault ? [] : facts.Aliases)
        {
            if (name == asked || await grains.Patient(name).Read() is not { } view) continue;
            var root = view.MergedInto is null ? name : await grains.CurrentId(name);
            if (root != asked) return root;
        }

        return null;
    }

    /// <summary>
    /// Whoever the versions before 2026-12 knew by another id is this person, with the visits that were recorded there. False when nobody was known
    /// by it, or is this person already.
    /// </summary>
    public async Task<bool> UniteWithEarlier(CommandId id, Actor by, DateTimeOffset at, PatientFacts facts, PatientId person, PatientId? earlier)
    {
        // Nearly always nobody was, and no grain has to wake to say so.
        if (earlier is not { } old || (await journal.Read(StreamKinds.Patient + old, 0, 1, default)).Count == 0) return false;
        if (await grains.Patient(old).Read() is not { } before) return false;
        var (known, (now, view)) = (await grains.CurrentId(old), await grains.CurrentPerson(person));
        if (known == now || view is not null && facts.Barred.HasFlag(Barred.Unite)) return false;
        // Nothing was said under this identifier yet: it becomes another name of the person who is known.
        var union = view is null
            ? new Union(id.Derive("earlier"), by, at, new PatientFacts { Id = known }, now) { IsAlias = before.MergedInto is null }
            : new Union(id.Derive("earlier"), by, at, facts with { Id = now }, known) { IsAlias = true };
        await Unions.Unite(union);
        return true;
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
                Class = row.Class,
                ClassSaidAt = entry.OpenedAt,
                IsInpatient = row.Class is PatientClass.Inpatient or PatientClass.Observation,
                EmergencyUnit = row.Class == PatientClass.Emergency ? row.Location?.Unit ?? "" : null,
                Location = row.Location,
                Planned = row.Plan is { Kind: PlanKind.Admit, To: { } to } ? to : entry.Planned,
            });
        }

        return complete.ToImmutable();
    }

    /// <summary>
    /// Asks the number's book. An empty book takes the visit that this message may open, before it is opened: of two messages at once the second
    /// finds the first one's visit.
    /// </summary>
    private async Task<ReceivePatient> WithNumber(ReceivePatient command, PatientId patient)
    {
        command = command with { IsNumberAsked = true };
        var opened = new NumberedVisit(VisitRouting.NewVisit(command with { Facts = command.Facts with { Id = patient } }), patient, command.SaidAt
            ?? command.OccurredAt);
        var book = grains.VisitNumber(command.Details.NumberKey!.Value);
        var numbered = command.Intent == VisitIntent.Mentions ? await book.Read() : await book.Claim(command.Id.Derive("claim"), command.By, opened);
        if (numbered is null) return command;
        if (numbered.Patient == patient) return command with { Numbered = numbered };
        var (holder, view) = await grains.CurrentPerson(numbered.Patient);
        command = command with { Numbered = numbered with { Patient = holder } };
        if (holder == patient || command.Intent == VisitIntent.Mentions || view is not { } theirs) return command;
        if (theirs.Patient.Number is null)
        {
            // Until now this person was known only as the patient of that visit; now they have a number of their own.
            await Unite(command, command.Facts with { Id = patient }, holder);
            return command with { Numbered = numbered with { Patient = patient } };
        }

        if (theirs.Visits.LastOrDefault(v => v.Visit == numbered.Visit) is not { } entry) return command;
        // Every message since then has said again that the visit is theirs.
        var saidAt = await grains.Visit(entry.Visit).FedAt() is { } fed && fed > numbered.SaidAt ? fed : numbered.SaidAt;
        return command with { Theirs = entry, Numbered = numbered with { Patient = holder, SaidAt = saidAt } };
    }

    /// <summary>
    /// Puts the visit down in its number's book. Where another message has meanwhile said that it is somebody else's, and later, it is theirs.
    /// </summary>
    private async Task<PatientRoute> Name(ReceivePatient command, Guid number, VisitId visit, PatientRoute route)
    {
        var (standing, before) = await grains.VisitNumber(number)
            .Name(command.Id.Derive("number"), command.By, new NumberedVisit(visit, route.Patient.Id, command.SaidAt ?? command.OccurredAt));
        // Nearly always both are who was just asked, and nobody has to be asked who that is.
        var person = route.Patient.Id;
        if (standing.Visit == visit && standing.Patient != person && await grains.CurrentPerson(standing.Patient) is var (holder, theirs)
            && await grains.CurrentId(person) is var me && holder != me)
        {
            await Visits.TellOthers(command.Id, command.By, command.OccurredAt, route);
            await grains.Patient(me)
                .Yield(new YieldPatient(command.Id.Derive("lost"), command.By, command.OccurredAt, holder, null) { Visit = visit });
            return route with { Patient = theirs?.Patient ?? route.Patient, ToTell = [], IsAnothers = true };
        }

        if (before?.Visit == visit && before.Patient != person && before.Patient != route.TakenFrom
            && await grains.CurrentId(before.Patient) is var loser && loser != await grains.CurrentId(person))
            await Take(command, loser, visit, route.Patient);
        return route;
    }

    private Task<UnionOutcome> Unite(ReceivePatient command, PatientFacts survivor, PatientId alias) =>
        Unions.Unite(new Union(command.Id.Derive("alias-" + alias), command.By, command.OccurredAt, survivor, alias) { IsAlias = true });

    /// <summary>The visit was another person's: they give it up, and it shows whose it is now.</summary>
    private async Task Take(ReceivePatient command, PatientId from, VisitId visit, PatientRef patient)
    {
        await grains.Patient(from)
            .Yield(new YieldPatient(command.Id.Derive("give-up"), command.By, command.OccurredAt, patient.Id, null) { Visit = visit });
        await Visits.Show(command.Id, command.By, command.OccurredAt, visit, patient,
            isAnother: await grains.CurrentId(from) != await grains.CurrentId(patient.Id));
    }
}
