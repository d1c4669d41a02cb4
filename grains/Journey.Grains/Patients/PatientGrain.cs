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
    private EventStream<Patient, PatientEvent> _stream = null!;

    private Patient Patient => _stream.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Patient, StreamKinds.Patient + this.GetPrimaryKey().ToString("N"), journal, clock) { GiveUp = DeactivateOnIdle };
        // An identifier of which nothing was said yet, such as a retired one, has a person all the same.
        _stream.Remember(Patient.Unknown with { Ref = new PatientRef { Id = new PatientId(this.GetPrimaryKey()) } });
        return _stream.Open(cancellationToken);
    }

    public async Task<PatientRoute> Receive(ReceivePatient command)
    {
        if (Patient.MergedInto is { } survivor) return Redirect(survivor);
        var earlier = Patient.Recall(command.Id);
        if (earlier is null && Patient.ErasedThrough > 0 && command.Message is { } old && await journal.Knows(old))
            return Route(null, outcome: OutcomeKind.Repeated);
        if (earlier is null && PatientDecider.Asks(Patient, command) is not RouteQuestion.Nothing and var question)
            return Route(null) with { Asks = question };
        var decision = PatientDecider.Receive(Patient, command, policy);
        // The first attempt may have failed anywhere after its commit here, so its steps are taken again.
        if (earlier is not null)
            return Route(earlier.Visit ?? decision.Visit, earlier.Shown, OutcomeKind.Repeated) with
            {
                NewAliases = PatientDecider.NewNames(Patient, command),
                Links = earlier.Links,
                TakenFrom = earlier.TakenFrom,
                NamesVisit = true,
            };
        if (command.Message is { } message && PatientDecider.AsksWhetherRepeated(Patient, decision.Events) && await journal.Knows(message))
            return Route(decision.Visit, outcome: OutcomeKind.Repeated);
        var before = Patient;
        var outcome = await _stream.Commit(command.Id, command.By, decision.Events);
        // What a message only says again is not written each time: it is remembered while this activation lives, and written from time to time.
        if (decision.Events.IsEmpty && command.Intent != VisitIntent.Mentions && !PatientDecider.IsRetired(Patient, command))
            _stream.Remember(Particulars.Apply(Patient, Particulars.Allowed(Patient.Ref, command.Facts) with { Number = null }, command.SaidAt
                ?? command.OccurredAt));
        var renamed = Patient.Ref != before.Ref;
        if (outcome == OutcomeKind.Accepted && !renamed && decision.Events is [PatientTold]) outcome = OutcomeKind.Unchanged;
        if (Patient.MergedInto is { } merged) return Redirect(merged);
        return Route(decision.Visit, renamed, outcome) with
        {
            NewAliases = PatientDecider.NewNames(Patient, command),
            Links = LinksOf(command.Id, decision.Events),
            TakenFrom = decision.Events.OfType<VisitTaken>().FirstOrDefault()?.From,
            NamesVisit = command.IsNumberAsked && decision.Visit is not null,
        };
    }

    public async Task<Yielded> Yield(YieldPatient command)
    {
        if (Patient.MergedInto is not null && Patient.MergedInto != command.Survivor) return Yielded.Nothing;
        var wasKnown = Patient.IsKnown;
        var moving = command switch
        {
            { Visit: { } visit } => Patient.Visits.RemoveAll(v => v.Visit != visit),
            { VisitNumber: { } number } => Patient.Visits.RemoveAll(v => v.Number != number && v.Account != number),
            _ => Patient.Visits,
        };
        await _stream.Commit(command.Id, command.By, PatientDecider.Yield(Patient, command, policy));
        var yielded = new Yielded(moving) { WasKnown = wasKnown };
        return Patient.MergedInto is null ? yielded : yielded with { Was = Patient.Ref, Names = Patient.Names };
    }

    public async Task<PatientRoute> Absorb(AbsorbPatient command)
    {
        if (Patient.MergedInto is { } survivor) return Redirect(survivor);
        var events = PatientDecider.Absorb(Patient, command, policy);
        await _stream.Commit(command.Id, command.By, events);
        return Route(null, renamed: true) with { Links = LinksOf(command.Id, events) };
    }

    public async Task<PatientRoute> RenumberVisit(RenumberVisit command)
    {
        if (Patient.MergedInto is { } survivor) return Redirect(survivor);
        var events = PatientDecider.Renumber(Patient, command, policy);
        await _stream.Commit(command.Id, command.By, events);
        var visit = Patient.Visits.LastOrDefault(v => v.Number == command.To || v.Account == command.To)?.Visit;
        return Route(visit) with { Links = LinksOf(command.Id, events) };
    }

    public async Task<PatientRoute> CorrectVisit(CorrectVisit command)
    {
        if (Patient.MergedInto is { } survivor) return Redirect(survivor);
        var events = PatientDecider.Correct(Patient, command, policy);
        await _stream.Commit(command.Id, command.By, events);
        return Route(command.Visit) with { Links = LinksOf(command.Id, events) };
    }

    public async Task<PatientRoute> Lock(LockPatient command)
    {
        if (Patient.MergedInto is { } survivor) return Redirect(survivor);
        await _stream.Commit(command.Id, command.By, PatientDecider.Lock(Patient, command));
        return Route(null, renamed: true);
    }

    public async Task<ImmutableArray<VisitId>> Delete(DeletePatient command)
    {
        await _stream.Commit(command.Id, command.By, PatientDecider.Delete(Patient, policy));
        return [.. Patient.Visits.Where(v => v.State == VisitEntryState.Revoked).Select(v => v.Visit)];
    }

    public Task<PatientView?> Read() =>
        Task.FromResult(!Patient.IsKnown ? null : new PatientView(Patient.Ref, Patient.MergedInto, Patient.Visits) { Links = Patient.Links });

    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    /// <summary>The links that a command changed, on its first attempt or now.</summary>
    private ImmutableArray<LinkChange> LinksOf(CommandId command, ImmutableArray<PatientEvent> events) =>
        Patient.Recall(command)?.Links ?? [.. events.OfType<VisitsLinked>().SelectMany(e => e.Changes)];

    private PatientRoute Route(VisitId? visit, bool renamed = false, OutcomeKind outcome = OutcomeKind.Accepted)
    {
        return new(
            Patient.Ref, visit, null,
            renamed ? [.. Patient.Visits.Where(v => v.Visit != visit
                && (v.State is VisitEntryState.Open or VisitEntryState.Expected || Patient.Ref.Locks is not null)).Select(v => v.Visit)] : [],
            outcome)
        { Number = visit is null ? null : Patient.Visits.LastOrDefault(v => v.Visit == visit)?.Number };
    }

    private PatientRoute Redirect(PatientId survivor) => new(Patient.Ref, null, survivor, []) { IsRetired = !Patient.IsAlias };
}
