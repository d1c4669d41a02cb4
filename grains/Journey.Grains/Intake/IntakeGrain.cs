using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;
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
internal sealed class IntakeGrain(IMessageLog log, Policy policy) : Grain, IIntakeGrain
{
    private static readonly IntakeOutcome NobodyMerged = new(IntakeResult.Unchanged, "The identifier that was given up is not known; it leads to the survivor from now on.");

    private Persons Persons => field ??= new Persons(GrainFactory);

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
        var (result, isLogged) = await Apply(message.Id, about, message.Log.ReceivedAt, message.Log);
        var outcome = new IntakeOutcome(result);
        if (!isLogged) await log.Append(message.Log, outcome);
        return outcome;
    }

    public Task Reject(MessageRecord message, string reason) => log.Append(message, new IntakeOutcome(IntakeResult.Rejected, reason));

    public async Task<ImmutableArray<LoggedMessage>> Messages(long? before, int count) => [.. await log.Newest(before, Math.Clamp(count, 1, 200))];

    private async Task<IntakeOutcome> CarryOut(CommandId id, FeedStep step, DateTimeOffset receivedAt) => step switch
    {
        About about => new((await Apply(id, about, receivedAt, null)).Result),
        Merge { VisitNumber: { } number } merge => new(await MoveVisit(id, merge, number)),
        Merge merge => await MergePersons(id, merge),
        Renumber renumber => new(await Apply(id, renumber)),
        DeletePerson delete => new(await Apply(id, delete)),
        BedStatusChanged bed => new(await Apply(id, bed)),
        _ => throw new InvalidOperationException($"No rule for the step {step.GetType().Name}."),
    };

    /// <param name="line">What the log shall keep, when it can go with the visit's commit.</param>
    private async Task<(IntakeResult Result, bool IsLogged)> Apply(CommandId id, About about, DateTimeOffset receivedAt, MessageRecord? line)
    {
        var at = about.Command?.OccurredAt ?? about.SaidAt ?? receivedAt;
        var by = about.Command?.By ?? Actor.System;
        var details = about.Command?.Details ?? VisitDetails.None;
        var route = await Persons.Receive(new ReceivePatient(id, by, at, about.Patient, about.Intent, details.Number, about.Command?.Message, about.Command?.SaidAt ?? about.SaidAt)
        {
            Details = details, NamedAs = about.Patient.Id, Admits = about.Command is Admit or Cancel,
        });
        await TellOthers(id, by, at, route);
        if (route.Visit is not { } visit || about.Command is not { } command)
        {
            await Persons.Link(id, by, route.Links);
            return (Result(route.Outcome), false);
        }

        // What is said late of a visit that has changed hands is not about the person it names.
        var outcome = await Give(visit, command with { Id = id, Patient = route.KeepsPerson || command is Mention ? null : route.Patient, Line = line });
        await Persons.Link(id, by, route.Links);
        return (Result(outcome.Kind), line is not null && outcome.Kind == OutcomeKind.Accepted);
    }

    /// <summary>
    /// The prior person becomes a pointer, then the survivor takes their visits over. Sent again after a crash in between, the pointer is found and
    /// the rest is done; done already, it is not done twice, because every part has the message's id. Who was given up by an earlier merge and survives
    /// this one is the same person all the same.
    /// </summary>
    private async Task<IntakeOutcome> MergePersons(CommandId id, Merge merge)
    {
        await Recall(id, merge);
        var survivor = await Persons.Root(merge.Survivor.Id);
        var (prior, next) = (merge.Prior, await MergedInto(merge.Prior));
        for (var hop = 0; next is { } into && into != survivor; hop++)
        {
            if (hop == MaxHops) throw new InvalidOperationException("Merges go round in a circle.");
            (prior, next) = (into, await MergedInto(into));
        }

        if (next is null && prior == survivor)
        {
            // Who survives now was given up before: the person is one already, and bears the other name from now on.
            await Absorb(id, merge, merge.Prior, Yielded.Nothing, isAlias: false);
            return new IntakeOutcome(IntakeResult.Unchanged);
        }

        var yielded = await GrainFactory.Patient(prior).Yield(new YieldPatient(id, merge.By, merge.OccurredAt, survivor, null));
        await Absorb(id, merge, prior, yielded, isAlias: false);
        if (prior != merge.Prior) await Absorb(id.Derive("retired"), merge, merge.Prior, Yielded.Nothing, isAlias: false);
        return next is not null ? new IntakeOutcome(IntakeResult.Repeated) : yielded.WasKnown ? new IntakeOutcome(IntakeResult.Applied) : NobodyMerged;
    }

    private const int MaxHops = 16;

    /// <summary>One visit, or those of one account. The survivor has it before the prior person gives it up: a crash in between loses nothing.</summary>
    private async Task<IntakeResult> MoveVisit(CommandId id, Merge merge, string number)
    {
        await Recall(id, merge);
        var from = GrainFactory.Patient(await Persons.Root(merge.Prior));
        var moving = (await from.Read())?.Visits.Where(v => v.Number == number || v.Account == number).ToImmutableArray() ?? [];
        await Absorb(id, merge, null, new Yielded(moving, null), isAlias: true);
        await from.Yield(new YieldPatient(id, merge.By, merge.OccurredAt, merge.Survivor.Id, number));
        if (await GrainFactory.Patient(await Persons.Root(merge.Survivor.Id)).Read() is not { } survivor) return IntakeResult.Unchanged;
        // Whatever stands there under this number now, an attempt before this one may have moved and not shown.
        foreach (var visit in survivor.Visits.Where(v => v.Number == number || v.Account == number))
            await Persons.Show(id, merge.By, merge.OccurredAt, visit.Visit, survivor.Patient, isAnother: true);
        return moving.IsEmpty ? IntakeResult.Unchanged : IntakeResult.Applied;
    }

    /// <summary>Both may be known by the ids of before alone.</summary>
    private async Task Recall(CommandId id, Merge merge)
    {
        await Persons.Recall(id, merge.By, merge.OccurredAt, merge.Survivor, merge.Survivor.Id, merge.Survivor.Earlier);
        await Persons.Recall(id, merge.By, merge.OccurredAt, merge.Survivor, merge.Prior, merge.PriorEarlier);
    }

    private async Task Absorb(CommandId id, Merge merge, PatientId? prior, Yielded taken, bool isAlias)
    {
        var route = await Route(merge.Survivor.Id, patient => patient.Absorb(
            new AbsorbPatient(id, merge.By, merge.OccurredAt, merge.Survivor with { Id = new PatientId(patient.GetPrimaryKey()) }, prior ?? merge.Survivor.Id, taken.Visits)
            {
                IsAlias = isAlias, NamedAs = merge.Survivor.Id, Names = taken.Names, Was = taken.Was,
            }));
        await TellOthers(id, merge.By, merge.OccurredAt, route);
        await Persons.Link(id, merge.By, route.Links);
    }

    private async Task<PatientId?> MergedInto(PatientId patient) => (await GrainFactory.Patient(patient).Read())?.MergedInto;

    private async Task<IntakeResult> Apply(CommandId id, Renumber renumber)
    {
        await Persons.Recall(id, renumber.By, renumber.OccurredAt, renumber.Patient, renumber.Patient.Id, renumber.Patient.Earlier);
        var route = await Route(renumber.Patient.Id, patient => patient.RenumberVisit(
            new RenumberVisit(id, renumber.By, renumber.OccurredAt, renumber.Patient with { Id = new PatientId(patient.GetPrimaryKey()) }, renumber.From, renumber.To)));
        await TellOthers(id, renumber.By, renumber.OccurredAt, route);
        if (route.Visit is not { } visit) return IntakeResult.Unchanged;
        return Result((await GrainFactory.Visit(visit).Update(
            new Update(id, renumber.By, renumber.OccurredAt, new VisitDetails { Number = renumber.To }, route.Patient, null))).Kind);
    }

    /// <summary>A deleted person is on no board; their visits' history is kept.</summary>
    private async Task<IntakeResult> Apply(CommandId id, DeletePerson delete)
    {
        await Persons.Recall(id, delete.By, delete.OccurredAt, delete.Patient, delete.Patient.Id, delete.Patient.Earlier);
        var result = IntakeResult.Unchanged;
        foreach (var visit in await GrainFactory.Patient(await Persons.Root(delete.Patient.Id)).Delete(new DeletePatient(id, delete.By, delete.OccurredAt)))
            result = Sum(result, Result((await GrainFactory.Visit(visit).Delete(
                new Delete(id.Derive("delete-" + visit), delete.By, delete.OccurredAt, VisitDetails.None, null, null))).Kind), first: result == IntakeResult.Unchanged);
        return result;
    }

    private async Task<IntakeResult> Apply(CommandId id, BedStatusChanged bed)
    {
        var location = policy.Spelled(bed.Bed);
        await GrainFactory.UnitBoard(location.Unit).SetBed(id, location, bed.Status, bed.OccurredAt);
        return IntakeResult.Applied;
    }

    /// <summary>Asks the patient, or whom they were merged into.</summary>
    private async Task<PatientRoute> Route(PatientId patient, Func<IPatientGrain, Task<PatientRoute>> ask)
    {
        for (var hop = 0; hop < MaxHops; hop++)
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
        foreach (var visit in route.ToTell) await Persons.Show(id, by, at, visit, route.Patient, isAnother: false);
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
