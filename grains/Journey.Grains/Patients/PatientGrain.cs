using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Patients;

/// <summary>A thin shell over <see cref="Patient"/>. A patient's stream is short, so it needs no snapshot.</summary>
[GrainType("patient")]
internal sealed class PatientGrain(IJournal journal, Policy policy, TimeProvider clock) : Grain, IPatientGrain
{
    private Patient patient = Patient.Unknown;
    private string stream = "";
    private Appender appender = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        appender = new Appender(journal, DeactivateOnIdle);
        stream = StreamKinds.Patient + this.GetPrimaryKey().ToString("N");
        // Somebody of whom nothing was said yet, as under a retired identifier, is somebody all the same.
        patient = patient with { Ref = new PatientRef { Id = new PatientId(this.GetPrimaryKey()) } };
        return Activation.Read(() => CatchUp(cancellationToken));
    }

    public async Task<PatientRoute> Receive(ReceivePatient command)
    {
        if (patient.MergedInto is { } survivor) return Redirect(survivor);
        var earlier = Recall(command.Id);
        if (earlier is null && patient.ErasedThrough > 0 && command.Message is { } old && await journal.Knows(old)) return Route(null, outcome: OutcomeKind.Repeated);
        if (earlier is null && PatientDecider.Asks(patient, command) is not RouteQuestion.Nothing and var question) return Route(null) with { Asks = question };
        var decision = PatientDecider.Receive(patient, command, policy);
        // The first attempt may have ended anywhere after its commit here: it is followed to its end.
        if (earlier is not null)
            return Route(earlier.Visit ?? decision.Visit, earlier.Shown, OutcomeKind.Repeated) with
            {
                NewAliases = PatientDecider.NewNames(patient, command), Links = earlier.Links, TakenFrom = earlier.TakenFrom, NamesVisit = true,
            };
        if (command.Message is { } message && PatientDecider.AsksWhetherRepeated(patient, decision.Events) && await journal.Knows(message))
            return Route(decision.Visit, outcome: OutcomeKind.Repeated);
        var before = patient;
        var outcome = await Commit(command.Id, command.By, decision.Events);
        // Said again without being news, it is remembered as long as this activation lives, and written from time to time.
        if (decision.Events.IsEmpty && command.Intent != VisitIntent.Mentions && !PatientDecider.IsRetired(patient, command)) patient = Particulars.Hear(patient, Particulars.Allowed(patient.Ref, command.Facts) with { Number = null }, command.SaidAt ?? command.OccurredAt);
        var renamed = patient.Ref != before.Ref;
        if (outcome == OutcomeKind.Accepted && !renamed && decision.Events is [PatientTold]) outcome = OutcomeKind.Unchanged;
        if (patient.MergedInto is { } merged) return Redirect(merged);
        return Route(decision.Visit, renamed, outcome) with
        {
            NewAliases = PatientDecider.NewNames(patient, command), Links = LinksOf(command.Id, decision.Events),
            TakenFrom = decision.Events.OfType<VisitTaken>().FirstOrDefault()?.From, NamesVisit = command.IsNumberAsked && decision.Visit is not null,
        };
    }

    public async Task<Yielded> Yield(YieldPatient command)
    {
        if (patient.MergedInto is not null && patient.MergedInto != command.Survivor) return Yielded.Nothing;
        var wasKnown = patient.IsKnown;
        var moving = command switch
        {
            { Visit: { } visit } => patient.Visits.RemoveAll(v => v.Visit != visit),
            { VisitNumber: { } number } => patient.Visits.RemoveAll(v => v.Number != number && v.Account != number),
            _ => patient.Visits,
        };
        await Commit(command.Id, command.By, PatientDecider.Yield(patient, command, policy));
        var yielded = new Yielded(moving) { WasKnown = wasKnown };
        return patient.MergedInto is null ? yielded : yielded with { Was = patient.Ref, Names = patient.Names };
    }

    public async Task<PatientRoute> Absorb(AbsorbPatient command)
    {
        if (patient.MergedInto is { } survivor) return Redirect(survivor);
        var events = PatientDecider.Absorb(patient, command, policy);
        await Commit(command.Id, command.By, events);
        return Route(null, renamed: true) with { Links = LinksOf(command.Id, events) };
    }

    public async Task<PatientRoute> RenumberVisit(RenumberVisit command)
    {
        if (patient.MergedInto is { } survivor) return Redirect(survivor);
        var events = PatientDecider.Renumber(patient, command, policy);
        await Commit(command.Id, command.By, events);
        return Route(patient.Visits.LastOrDefault(v => v.Number == command.To || v.Account == command.To)?.Visit) with { Links = LinksOf(command.Id, events) };
    }

    public async Task<PatientRoute> CorrectVisit(CorrectVisit command)
    {
        if (patient.MergedInto is { } survivor) return Redirect(survivor);
        var events = PatientDecider.Correct(patient, command, policy);
        await Commit(command.Id, command.By, events);
        return Route(command.Visit) with { Links = LinksOf(command.Id, events) };
    }

    public async Task<PatientRoute> Lock(LockPatient command)
    {
        if (patient.MergedInto is { } survivor) return Redirect(survivor);
        await Commit(command.Id, command.By, PatientDecider.Lock(patient, command));
        return Route(null, renamed: true);
    }

    public async Task<ImmutableArray<VisitId>> Delete(DeletePatient command)
    {
        await Commit(command.Id, command.By, PatientDecider.Delete(patient, policy));
        return [.. patient.Visits.Where(v => v.State == VisitEntryState.Revoked).Select(v => v.Visit)];
    }

    public Task<PatientView?> Read() =>
        Task.FromResult(!patient.IsKnown ? null : new PatientView(patient.Ref, patient.MergedInto, patient.Visits) { Links = patient.Links });

    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private PatientMemory? Recall(CommandId command) => patient.Commands.LastOrDefault(known => known.Command == command.Value);

    /// <summary>The links that a command changed, on its first attempt or now.</summary>
    private ImmutableArray<LinkChange> LinksOf(CommandId command, ImmutableArray<PatientEvent> events) =>
        Recall(command)?.Links ?? [.. events.OfType<VisitsLinked>().SelectMany(e => e.Changes)];

    private PatientRoute Route(VisitId? visit, bool renamed = false, OutcomeKind outcome = OutcomeKind.Accepted)
    {
        return new(
            patient.Ref, visit, null,
            renamed ? [.. patient.Visits.Where(v => v.Visit != visit && (v.State is VisitEntryState.Open or VisitEntryState.Expected || patient.Ref.Locks is not null)).Select(v => v.Visit)] : [],
            outcome) { Number = visit is null ? null : patient.Visits.LastOrDefault(v => v.Visit == visit)?.Number };
    }

    private PatientRoute Redirect(PatientId survivor) => new(patient.Ref, null, survivor, []) { IsRetired = !patient.IsAlias };

    private async Task<OutcomeKind> Commit(CommandId command, Actor by, ImmutableArray<PatientEvent> events)
    {
        if (appender.IsBehind) throw new OutcomeUnknownException();
        if (events.IsEmpty) return OutcomeKind.Unchanged;
        var commit = new PatientCommit(patient.Version + 1, command.Value, events);
        var next = PatientFold.Fold(patient, commit);
        switch (await appender.Append(new Commit(stream, commit.Version, clock.GetRecordedNow(), command.Value, by.Id, PatientJson.Write(by, events))))
        {
            case AppendResult.Appended:
                patient = next;
                return OutcomeKind.Accepted;
            case AppendResult.DuplicateCommand:
                // Perhaps by another activation, with more behind it.
                await CatchUp(CancellationToken.None);
                return OutcomeKind.Repeated;
            default:
                throw appender.FallBehind(null);
        }
    }

    private async Task CatchUp(CancellationToken cancellation)
    {
        foreach (var entry in await journal.Read(stream, patient.Version, cancellation))
            patient = PatientFold.Fold(patient, PatientJson.Read(entry.Version, entry.CommandId, entry.Payload.Span));
    }
}
