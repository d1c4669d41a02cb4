using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;
using Orleans.Concurrency;

namespace Journey.Grains.Intake;

/// <summary>
/// Carries a message's steps out, in order. Each step has an id derived from the message's, so that a message sent again after a crash
/// goes on where it stopped and does nothing twice.
/// </summary>
/// <remarks>Reentrant: it has no state, so no invariant can break between two awaits; without it one slow message would hold up others.</remarks>
[StatelessWorker, Reentrant, GrainType("intake")]
internal sealed class IntakeGrain(IMessageLog log, IJournal journal, Policy policy) : Grain, IIntakeGrain
{
    private static readonly IntakeOutcome NobodyMerged =
        new(IntakeResult.Unchanged, "The identifier that was given up is not known; it leads to the survivor from now on.");
    private static readonly IntakeOutcome OneAlready = new(IntakeResult.Unchanged, "The two identifiers were one person's already.");
    private static readonly IntakeOutcome NoVisit =
        new(IntakeResult.Unchanged, "No visit of that number is known; the number names it when it comes.");
    private static readonly IntakeOutcome NobodyDeleted =
        new(IntakeResult.Unchanged, "Nobody with an open or expected visit is known by that identifier.");
    private const string NoVisitMeant = "The person has no visit that it could be about.";

    private Persons Persons => field ??= new Persons(GrainFactory, journal);

    private PersonVisits Visits => Persons.Visits;

    private IUnionGrain Unions => GrainFactory.GetGrain<IUnionGrain>(0);

    public async Task<IntakeOutcome> Receive(FeedMessage message)
    {
        if (message.Steps is [About only]) return await Receive(message, only);
        var outcome = new IntakeOutcome(message.Steps.IsEmpty ? IntakeResult.Kept : IntakeResult.Repeated);
        for (var i = 0; i < message.Steps.Length; i++)
        {
            var id = message.Steps.Length == 1 ? message.Id : message.Id.Derive("step-" + i);
            var step = await CarryOut(id, message.Steps[i], message.Log.ReceivedAt);
            outcome = new IntakeOutcome(Sum(outcome.Result, step.Result, first: i == 0), step.Reason ?? outcome.Reason);
        }

        await log.Append(message.Log, outcome);
        return outcome;
    }

    /// <summary>Nearly every message: its line in the log goes with the visit's commit. What changed no visit is logged by itself.</summary>
    private async Task<IntakeOutcome> Receive(FeedMessage message, About about)
    {
        var (outcome, isLogged) = await Apply(message.Id, about, message.Log.ReceivedAt, message.Log);
        if (!isLogged) await log.Append(message.Log, outcome);
        return outcome;
    }

    public Task<bool> Follow(CommandId id, Actor by, VisitId visit, Standing standing) =>
        Visits.Correct(id, by, standing.Patient, visit, standing.Status, standing.Placing, standing.Seen);

    public Task Lock(PatientId patient, LockPatient command) => Visits.Lock(patient, command);

    public Task Reject(MessageRecord message, string reason) => log.Append(message, new IntakeOutcome(IntakeResult.Rejected, reason));

    public Task SetAside(MessageRecord message, IntakeOutcome outcome) => log.Append(message, outcome);

    public async Task<ImmutableArray<LoggedMessage>> Messages(long? before, int count) => [.. await log.Newest(before, Math.Clamp(count, 1, 200))];

    private async Task<IntakeOutcome> CarryOut(CommandId id, FeedStep step, DateTimeOffset receivedAt) => step switch
    {
        About about => (await Apply(id, about, receivedAt, null)).Outcome,
        Merge { VisitNumber: { } number } merge => await MoveVisit(id, merge, number),
        Merge merge => await MergePersons(id, merge),
        Renumber renumber => await Apply(id, renumber),
        DeletePerson delete => await Apply(id, delete) is var result and not IntakeResult.Unchanged ? new(result) : NobodyDeleted,
        BedStatusChanged bed => new(await Apply(id, bed)),
        _ => throw new InvalidOperationException($"No rule for the step {step.GetType().Name}."),
    };

    /// <param name="line">What the log shall keep, when it can go with the visit's commit.</param>
    private async Task<(IntakeOutcome Outcome, bool IsLogged)> Apply(CommandId id, About about, DateTimeOffset receivedAt, MessageRecord? line)
    {
        var at = about.Command?.OccurredAt ?? about.SaidAt ?? receivedAt;
        var by = about.Command?.By ?? Actor.System;
        var details = about.Command?.Details ?? VisitDetails.None;
        var route = await Persons.Receive(
            new ReceivePatient(id, by, at, about.Patient, about.Intent, details.Number, about.Command?.Message, about.Command?.SaidAt ?? about.SaidAt)
            {
                Details = details, NamedAs = about.Patient.Id, Admits = about.Command is Admit or Cancel, Cancels = about.Command is Cancel,
                Plans = about.Command is Plan { Kind: PlanKind.Admit } or Cancel { What: CancelledFact.PlannedAdmit or CancelledFact.Expected },
            });
        await Visits.TellOthers(id, by, at, route);
        var leftOut = LeftOut(about, route);
        if (route.Visit is not { } visit || about.Command is not { } command)
        {
            await Visits.Link(id, by, route);
            return (new IntakeOutcome(Result(route.Outcome),
                Both(route.Visit is null && about.Command is not null ? NoVisitMeant : null, leftOut)), false);
        }

        // The visit does not know this remark, so the log line is written after the visit's commit and not with it.
        if (leftOut is not null) line = null;

        // The contacts in the message are those of the person it names, and this visit is another person's. The visit keeps its own number, whatever
        // the message says.
        if (route.IsAnothers) command = command with { Details = details = details with { Contacts = [] } };
        var shown = command is Mention ? null : route.Patient;
        if (route.Number is { } number && details.Number is { } said && said != number)
            command = command with { Details = details with { Number = number } };
        var outcome = await Give(visit, command with { Id = id, Patient = shown, Line = line });
        if (outcome.Onward is { } onward) await Visits.Link(id.Derive("door"), by, onward);
        await Visits.Link(id, by, route);
        if (shown is not null && (route.NamesVisit || outcome.IsShownAnew || outcome.Kind == OutcomeKind.Repeated))
            await Visits.Settle(id, by, at, visit, shown, details.NumberKey);
        if (outcome.Status is { } status && (outcome.Placing is not null || command is Arrive or Admit or Plan or Cancel or Discharge))
            await Visits.Correct(id, by, route.Patient.Id, visit, status, outcome.Placing, null);
        return (new IntakeOutcome(Result(outcome.Kind), Both(outcome.Remark, leftOut)), line is not null
            && outcome is { Kind: OutcomeKind.Accepted, Remark: null });
    }

    private async Task<IntakeOutcome> MergePersons(CommandId id, Merge merge)
    {
        await UniteWithEarlier(id, merge);
        var outcome = await Unions.Unite(new Union(id, merge.By, merge.OccurredAt, merge.Survivor, merge.Prior)) switch
        {
            UnionOutcome.United => new IntakeOutcome(IntakeResult.Applied),
            UnionOutcome.NobodyKnown => NobodyMerged,
            UnionOutcome.Repeated => new IntakeOutcome(IntakeResult.Repeated),
            _ => OneAlready,
        };
        if (merge.Survivor.Barred == Barred.Nothing || (await GrainFactory.CurrentPerson(merge.Survivor.Id)).View is not { } survivor) return outcome;
        return outcome with { Reason = Both(outcome.Reason, LeftOut(Particulars.Withheld(survivor.Patient, merge.Survivor))) };
    }

    /// <summary>What the message says and its feed may not bring about, for the message log; null when all of it counts.</summary>
    private static string? LeftOut(About about, PatientRoute route)
    {
        if (about.Patient.Barred == Barred.Nothing || about.Command is Mention) return null;
        return LeftOut((route.IsAnothers ? Barred.Nothing : Particulars.Withheld(route.Patient, about.Patient)) | (route.IsKeptApart
            ? Barred.Unite
            : Barred.Nothing));
    }

    private static string? LeftOut(Barred parts)
    {
        if (parts == Barred.Nothing) return null;
        string?[] said =
        [
            parts.HasFlag(Barred.Rename) ? "another name, birth date or sex than is known (Rename)" : null,
            parts.HasFlag(Barred.Unlock) ? "that a confidential patient no longer is (Unlock)" : null,
            parts.HasFlag(Barred.Unite) ? "that two persons are one, or a visit another person's (Merge)" : null,
        ];
        return $"Left out, for this feed may not say it: {string.Join("; ", said.OfType<string>())}.";
    }

    private static string? Both(string? remark, string? other) => remark is null || other is null ? remark ?? other : $"{remark} {other}";

    /// <summary>
    /// One visit, or those of one account. The survivor has it before the prior person gives it up: a crash in between loses nothing. The number is
    /// theirs even before anything is known of the visit: what was recorded before this and comes later finds it so.
    /// </summary>
    private async Task<IntakeOutcome> MoveVisit(CommandId id, Merge merge, string number)
    {
        await UniteWithEarlier(id, merge);
        var ((from, before), survivor) = (await GrainFactory.CurrentPerson(merge.Prior), await GrainFactory.CurrentId(merge.Survivor.Id));
        var moving = before?.Visits.Where(v => v.Number == number || v.Account == number).ToImmutableArray() ?? [];
        var route = await GrainFactory.Patient(survivor)
            .Absorb(new AbsorbPatient(id, merge.By, merge.OccurredAt, merge.Survivor with { Id = survivor }, merge.Survivor.Id,
                moving)
            { IsAlias = true, NamedAs = merge.Survivor.Id });
        await GrainFactory.Patient(from).Yield(new YieldPatient(id, merge.By, merge.OccurredAt, survivor, number));
        // All visits with this number, also those that an earlier attempt moved: it may have failed before they were shown.
        var visits = (await GrainFactory.Patient(survivor).Read())!.Visits.Where(v => v.Number == number || v.Account == number).ToArray();
        foreach (var visit in visits) await Visits.Show(id, merge.By, merge.OccurredAt, visit.Visit, route.Patient, isAnother: true);
        await Visits.TellOthers(id, merge.By, merge.OccurredAt, route);
        await Visits.Link(id, merge.By, route);
        await Put(id, merge.By, merge.NumberKey,
            new NumberedVisit(visits.LastOrDefault()?.Visit ?? new VisitId(id.Derive("visit").Value), survivor, merge.SaidAt ?? merge.OccurredAt));
        var outcome = moving.IsEmpty ? NoVisit : new IntakeOutcome(IntakeResult.Applied);
        return outcome with { Reason = Both(outcome.Reason, LeftOut(Particulars.Withheld(route.Patient, merge.Survivor))) };
    }

    private async Task Put(CommandId id, Actor by, Guid? number, NumberedVisit visit)
    {
        if (number is { } key) await GrainFactory.VisitNumber(key).Name(id.Derive("number"), by, visit);
    }

    /// <summary>Either person may be known by an earlier id alone.</summary>
    private async Task UniteWithEarlier(CommandId id, Merge merge)
    {
        await Persons.UniteWithEarlier(id, merge.By, merge.OccurredAt, merge.Survivor, merge.Survivor.Id, merge.Survivor.Earlier);
        await Persons.UniteWithEarlier(id, merge.By, merge.OccurredAt, merge.Survivor, merge.Prior, merge.PriorEarlier);
    }

    /// <summary>Both numbers name the visit from now on, and it bears the new one. So they do before anything is known of it.</summary>
    private async Task<IntakeOutcome> Apply(CommandId id, Renumber renumber)
    {
        await Persons.UniteWithEarlier(id, renumber.By, renumber.OccurredAt, renumber.Patient, renumber.Patient.Id, renumber.Patient.Earlier);
        var patient = GrainFactory.Patient(await GrainFactory.CurrentId(renumber.Patient.Id));
        var route = await patient.RenumberVisit(
            new RenumberVisit(id, renumber.By, renumber.OccurredAt, renumber.Patient with { Id = new PatientId(patient.GetPrimaryKey()) },
                renumber.From, renumber.To)
            { SaidAt = renumber.SaidAt });
        await Visits.TellOthers(id, renumber.By, renumber.OccurredAt, route);
        await Visits.Link(id, renumber.By, route);
        var numbered = new NumberedVisit(route.Visit ?? new VisitId(id.Derive("visit").Value), route.Patient.Id, renumber.SaidAt
            ?? renumber.OccurredAt);
        if (route.Visit is null) numbered =
            numbered with { Visit = (await GrainFactory.VisitNumber(renumber.FromKey).Claim(id.Derive("claim"), renumber.By, numbered)).Visit };
        await Put(id, renumber.By, renumber.FromKey, numbered);
        await Put(id, renumber.By, renumber.ToKey, numbered);
        var leftOut = LeftOut(Particulars.Withheld(route.Patient, renumber.Patient));
        if (route.Visit is not { } visit) return NoVisit with { Reason = Both(NoVisit.Reason, leftOut) };
        var details = new VisitDetails
        {
            Number = route.Number, Account = route.Number == renumber.To
            ? null
            : renumber.To, Replaces = route.Number == renumber.To ? renumber.From : null
        };
        return new IntakeOutcome(Result((await Give(visit, new Update(id, renumber.By, renumber.OccurredAt, details, route.Patient, null))).Kind),
            leftOut);
    }

    /// <summary>A deleted person is on no board; their visits' history is kept.</summary>
    private async Task<IntakeResult> Apply(CommandId id, DeletePerson delete)
    {
        await Persons.UniteWithEarlier(id, delete.By, delete.OccurredAt, delete.Patient, delete.Patient.Id, delete.Patient.Earlier);
        var result = IntakeResult.Unchanged;
        foreach (var visit in await GrainFactory.Patient(await GrainFactory.CurrentId(delete.Patient.Id))
            .Delete(new DeletePatient(id, delete.By, delete.OccurredAt)))
            result = Sum(result, Result((await GrainFactory.Visit(visit).Delete(
                new Delete(id.Derive("delete-" + visit), delete.By, delete.OccurredAt, VisitDetails.None, null, null))).Kind),
                first: result == IntakeResult.Unchanged);
        return result;
    }

    private async Task<IntakeResult> Apply(CommandId id, BedStatusChanged bed)
    {
        var location = policy.Spelled(bed.Bed);
        await GrainFactory.UnitBoard(location.Unit).SetBed(id, location, bed.Status, bed.OccurredAt);
        return IntakeResult.Applied;
    }

    /// <summary>A visit that turned out to be another one is told where it goes on.</summary>
    private async Task<Outcome> Give(VisitId id, FeedCommand command)
    {
        var outcome = await Tell(id, command);
        for (var hop = 0; outcome.GoesTo is { } other && hop < Merges.MaxHops; hop++) outcome = await Tell(other, command);
        return outcome;
    }

    private Task<Outcome> Tell(VisitId id, FeedCommand command)
    {
        var visit = GrainFactory.Visit(id);
        return command switch
        {
            Expect c => visit.Expect(c),
            Arrive c => visit.Arrive(c),
            Admit c => visit.Admit(c),
            Transfer c => visit.Transfer(c),
            SwapBed c => visit.SwapBed(c),
            Discharge c => visit.Discharge(c),
            ChangeClass c => visit.ChangeClass(c),
            Update c => visit.Update(c),
            GoOut c => visit.GoOut(c),
            Reach c => visit.Reach(c),
            Plan c => visit.Plan(c),
            GoOnLeave c => visit.GoOnLeave(c),
            ReturnFromLeave c => visit.ReturnFromLeave(c),
            Cancel c => visit.Cancel(c),
            Delete c => visit.Delete(c),
            Identify c => visit.Identify(c),
            Mention c => visit.Mention(c),
            _ => throw new InvalidOperationException($"No rule for the command {command.GetType().Name}."),
        };
    }

    private static IntakeResult Result(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Accepted => IntakeResult.Applied,
        OutcomeKind.Repeated => IntakeResult.Repeated,
        _ => IntakeResult.Unchanged,
    };

    /// <summary>A message is a repeat only when every step of it is.</summary>
    private static IntakeResult Sum(IntakeResult soFar, IntakeResult step, bool first) =>
        first || step == IntakeResult.Applied || soFar == IntakeResult.Repeated ? step : soFar;
}
