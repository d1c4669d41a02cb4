using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Grains.Hosting;
using Journey.Grains.Storage;
using Orleans.Concurrency;

namespace Journey.Grains.Intake;

/// <summary>
/// Carries a message's steps out, in order. Each step has an id derived from the message's, so that a message sent again after a crash
/// goes on where it stopped and does nothing twice.
/// </summary>
/// <remarks>Reentrant: it has no state, so no invariant can break between two awaits; without it one slow message would hold up others.</remarks>
[StatelessWorker, Reentrant, GrainType("intake")]
internal sealed class IntakeGrain(IMessageLog log) : Grain, IIntakeGrain
{
    /// <summary>Merges form chains, seldom longer than two.</summary>
    private const int MaxRedirects = 16;

    public async Task<IntakeOutcome> Receive(FeedMessage message)
    {
        if (message.Steps is [About only]) return await Receive(message, only);
        var result = message.Steps.IsEmpty ? IntakeResult.Kept : IntakeResult.Repeated;
        for (var i = 0; i < message.Steps.Length; i++)
        {
            var id = message.Steps.Length == 1 ? message.Id : message.Id.Derive("step-" + i);
            var step = await CarryOut(id, message.Steps[i], message.Log.ReceivedAt);
            result = Sum(result, step, first: i == 0);
        }

        var outcome = new IntakeOutcome(result);
        await log.Append(message.Log, outcome);
        return outcome;
    }

    /// <summary>Nearly every message: its line in the log goes with the visit's commit. What changed no visit is logged by itself.</summary>
    private async Task<IntakeOutcome> Receive(FeedMessage message, About about)
    {
        var (result, isLogged) = await Apply(message.Id, about, message.Log.ReceivedAt, message.Log);
        var outcome = new IntakeOutcome(result);
        if (!isLogged) await log.Append(message.Log, outcome);
        return outcome;
    }

    public Task Reject(MessageRecord message, string reason) => log.Append(message, new IntakeOutcome(IntakeResult.Rejected, reason));

    public async Task<ImmutableArray<LoggedMessage>> Messages(long? before, int count) => [.. await log.Newest(before, Math.Clamp(count, 1, 200))];

    private async Task<IntakeResult> CarryOut(CommandId id, FeedStep step, DateTimeOffset receivedAt) => step switch
    {
        About about => (await Apply(id, about, receivedAt, null)).Result,
        Merge merge => await Apply(id, merge),
        Renumber renumber => await Apply(id, renumber),
        BedStatusChanged bed => await Apply(id, bed),
        _ => throw new InvalidOperationException($"No rule for the step {step.GetType().Name}."),
    };

    /// <param name="line">What the log shall keep, when it can go with the visit's commit.</param>
    private async Task<(IntakeResult Result, bool IsLogged)> Apply(CommandId id, About about, DateTimeOffset receivedAt, MessageRecord? line)
    {
        var at = about.Command?.OccurredAt ?? about.SaidAt ?? receivedAt;
        var by = about.Command?.By ?? Actor.System;
        var route = await Route(about.Patient.Id, patient => patient.Receive(
            new ReceivePatient(id, by, at, about.Patient with { Id = new PatientId(patient.GetPrimaryKey()) }, about.Intent, about.Command?.Details.Number,
                about.Command?.Message, about.SaidAt)));
        await TellOthers(id, by, at, route);
        if (route.Visit is not { } visit || about.Command is not { } command) return (Result(route.Outcome), false);
        var outcome = await Give(visit, command with { Id = id, Patient = route.Patient, Line = line });
        return (Result(outcome.Kind), line is not null && outcome.Kind == OutcomeKind.Accepted);
    }

    private Task<IntakeResult> Apply(CommandId id, Merge merge) =>
        merge.VisitNumber is { } number ? MoveVisit(id, merge, number) : MergePersons(id, merge);

    /// <summary>
    /// The prior person becomes a pointer, then the survivor takes their visits over. Sent again after a crash in between, the pointer is found and
    /// the rest is done; done already, it is not done twice, because every part has the message's id.
    /// </summary>
    private async Task<IntakeResult> MergePersons(CommandId id, Merge merge)
    {
        var survivor = merge.Survivor.Id;
        var (prior, next) = (merge.Prior, await MergedInto(merge.Prior));
        for (var hop = 0; next is { } into && into != survivor; hop++)
        {
            if (hop == MaxRedirects) throw new InvalidOperationException("Merges go round in a circle.");
            (prior, next) = (into, await MergedInto(into));
        }

        var resumed = next is not null;
        if (!resumed && prior == await Survivor(survivor)) return IntakeResult.Unchanged;
        var yielded = await GrainFactory.Patient(prior).Yield(new YieldPatient(id, merge.By, merge.OccurredAt, survivor, null));
        await Absorb(id, merge, prior, yielded.Visits);
        return resumed ? IntakeResult.Repeated : IntakeResult.Applied;
    }

    /// <summary>One visit, or those of one account. The survivor has it before the prior person gives it up: a crash in between loses nothing.</summary>
    private async Task<IntakeResult> MoveVisit(CommandId id, Merge merge, string number)
    {
        var from = GrainFactory.Patient(merge.Prior);
        var moving = (await from.Read())?.Visits.Where(v => v.Number == number).ToImmutableArray() ?? [];
        await Absorb(id, merge, merge.Prior, moving);
        await from.Yield(new YieldPatient(id, merge.By, merge.OccurredAt, merge.Survivor.Id, number));
        if (await GrainFactory.Patient(await Survivor(merge.Survivor.Id)).Read() is not { } survivor) return IntakeResult.Unchanged;
        // Whatever stands there under this number now, an attempt before this one may have moved and not shown.
        foreach (var visit in survivor.Visits.Where(v => v.Number == number)) await Rename(id, merge, visit.Visit, survivor.Patient);
        return moving.IsEmpty ? IntakeResult.Unchanged : IntakeResult.Applied;
    }

    private async Task Absorb(CommandId id, Merge merge, PatientId prior, ImmutableArray<VisitEntry> visits)
    {
        var route = await Route(merge.Survivor.Id, patient => patient.Absorb(
            new AbsorbPatient(id, merge.By, merge.OccurredAt, merge.Survivor with { Id = new PatientId(patient.GetPrimaryKey()) }, prior, visits)));
        await TellOthers(id, merge.By, merge.OccurredAt, route);
    }

    /// <summary>A visit that changed hands shows its new patient, closed or not.</summary>
    private Task Rename(CommandId id, Merge merge, VisitId visit, PatientRef patient) => GrainFactory.Visit(visit).Identify(
        new Identify(id.Derive("identify-" + visit), merge.By, merge.OccurredAt, VisitDetails.None, patient, null));

    private async Task<PatientId?> MergedInto(PatientId patient) => (await GrainFactory.Patient(patient).Read())?.MergedInto;

    /// <summary>Who a patient is now, after all merges.</summary>
    private async Task<PatientId> Survivor(PatientId patient)
    {
        for (var hop = 0; hop < MaxRedirects; hop++)
        {
            if (await MergedInto(patient) is not { } next) return patient;
            patient = next;
        }

        throw new InvalidOperationException("Merges go round in a circle.");
    }

    private async Task<IntakeResult> Apply(CommandId id, Renumber renumber)
    {
        var route = await Route(renumber.Patient.Id, patient => patient.RenumberVisit(
            new RenumberVisit(id, renumber.By, renumber.OccurredAt, renumber.Patient with { Id = new PatientId(patient.GetPrimaryKey()) }, renumber.From, renumber.To)));
        await TellOthers(id, renumber.By, renumber.OccurredAt, route);
        if (route.Visit is not { } visit) return IntakeResult.Unchanged;
        return Result((await GrainFactory.Visit(visit).Update(
            new Update(id, renumber.By, renumber.OccurredAt, new VisitDetails { Number = renumber.To }, route.Patient, null))).Kind);
    }

    private async Task<IntakeResult> Apply(CommandId id, BedStatusChanged bed)
    {
        await GrainFactory.UnitBoard(bed.Bed.Unit).SetBed(id, bed.Bed, bed.Status, bed.OccurredAt);
        return IntakeResult.Applied;
    }

    /// <summary>Asks the patient, or whom they were merged into.</summary>
    private async Task<PatientRoute> Route(PatientId patient, Func<IPatientGrain, Task<PatientRoute>> ask)
    {
        for (var hop = 0; hop < MaxRedirects; hop++)
        {
            var route = await ask(GrainFactory.Patient(patient));
            if (route.RedirectTo is not { } next) return route;
            patient = next;
        }

        throw new InvalidOperationException("Merges go round in a circle.");
    }

    /// <summary>The patient's other visits show the new particulars too.</summary>
    private async Task TellOthers(CommandId id, Actor by, DateTimeOffset at, PatientRoute route)
    {
        foreach (var visit in route.ToTell)
            await GrainFactory.Visit(visit).Identify(
                new Identify(id.Derive("identify-" + visit), by, at, VisitDetails.None, route.Patient, null));
    }

    private Task<Outcome> Give(VisitId id, FeedCommand command)
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
