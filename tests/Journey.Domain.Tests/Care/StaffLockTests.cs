using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Patients;
using Journey.Domain.Policies;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests.Care;

/// <summary>A lock that staff set is of the person: what their visits and they know of it, in whatever order it is told.</summary>
public sealed class StaffLockTests
{
    private static readonly PatientId Bea = new(new Guid("cccccccc-0000-5000-8000-000000000002"));
    private readonly Spec _here = new Spec().Given(Say.Arrive(0));
    private readonly Spec _beside = new Spec().Given(Say.Arrive(1));
    private Patient _person = PatientFold.Fold(Patient.Unknown, new PatientCommit(1, default,
            [new PatientTold(new PatientFacts { Id = Say.Ada.Id, Number = "P-1", FamilyName = "Moss", GivenName = "Ada" }, Spec.At(0))]));

    [Theory, InlineData(PrivacyLock.Safety, true), InlineData(PrivacyLock.Confidential, true), InlineData(PrivacyLock.NoInformation, false)]
    public void It_holds_where_it_was_set_at_once_on_visits_beside_it_when_they_are_told_and_on_those_that_begin_later(PrivacyLock which,
        bool isWithheld)
    {
        _here.Given(Say.Lock(5, which: which));
        Assert.Equal((true, which), (_here.Row.IsHidden, Assert.Single(_here.Row.Locks)));
        Assert.False(_beside.Row.IsHidden);
        PassOn(_here, _beside);
        var later = new Spec().Given(Say.Arrive(20) with { Patient = _person.Ref });
        foreach (var row in new[] { _here.Row, _beside.Row, later.Row })
            Assert.Equal((true, which, isWithheld), (row.IsHidden, Assert.Single(row.Locks), row.Patient.Confidential));
        Assert.Contains(which, _beside.View.Care.Locks);
        Assert.Equal("lock", Disclosure.Obstacle(_beside.Visit, Say.Lee with { Consent = Consent.Full }));
    }

    [Fact]
    public void Lifted_on_one_visit_it_is_lifted_on_all()
    {
        _here.Given(Say.Lock(5));
        PassOn(_here, _beside);
        _beside.Given(Say.Lock(10, on: false));
        PassOn(_beside, _here);
        Assert.Equal((false, false), (_here.Row.IsHidden, _beside.Row.IsHidden));
        Assert.False(new Spec().Given(Say.Arrive(20) with { Patient = _person.Ref }).Row.IsHidden);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_feeds_flag_and_the_lock_of_staff_are_two_facts_and_neither_lifts_the_other(bool isFeedFirst)
    {
        _here.Given(Say.Lock(5, which: PrivacyLock.Confidential));
        PassOn(_here, _beside);
        Flag(10, true);
        if (isFeedFirst) Flag(15, false); else Lift();
        Assert.Equal((true, true, true), (_here.Row.IsHidden, _beside.Row.IsHidden, _beside.Row.Patient.Confidential));
        if (isFeedFirst) Lift(); else Flag(25, false);
        Assert.Equal((false, false), (_here.Row.IsHidden, _beside.Row.IsHidden));

        void Lift()
        {
            _here.Given(Say.Lock(20, on: false, which: PrivacyLock.Confidential));
            PassOn(_here, _beside);
        }

        void Flag(double at, bool on)
        {
            Told(new PatientTold(new PatientFacts { Id = Say.Ada.Id, Confidential = on }, Spec.At(at)));
            foreach (var visit in new[] { _here, _beside }) visit.Given(Say.Identify(at, _person.Ref));
        }
    }

    [Fact]
    public void A_message_that_was_under_way_meanwhile_lifts_nothing()
    {
        var stale = _person.Ref;
        _here.Given(Say.Lock(5));
        PassOn(_here, _beside);
        _beside.Given(Say.Identify(6, stale));
        Assert.True(_beside.Row.IsHidden);
    }

    [Fact]
    public void Of_two_words_the_later_counts_in_whatever_order_they_are_heard()
    {
        _here.Given(Say.Lock(5));
        PassOn(_here, _beside);
        var set = _here.Care.LocksOfPerson;
        _beside.Given(Say.Lock(10, on: false));
        PassOn(_beside);
        // The first one's teller was cut short and comes again.
        Assert.Empty(PatientDecider.Lock(_person, new LockPatient(default, Say.Nurse, Spec.At(20), Spec.Id, set)));
        Hear(_here);
        Assert.False(_here.Row.IsHidden);
        Assert.Null(StaffLocks.Untold(_here.Visit));
    }

    [Fact]
    public void Whoever_lifts_by_a_clock_that_is_behind_lifts_all_the_same()
    {
        _here.Given(Say.Lock(5));
        PassOn(_here, _beside);
        _beside.When(Say.Lock(4, on: false));
        PassOn(_beside, _here);
        Assert.Equal((false, false), (_here.Row.IsHidden, _beside.Row.IsHidden));
    }

    [Fact]
    public void Until_the_person_knows_it_the_visit_says_it_again_ever_less_often()
    {
        _here.Given(Say.Lock(5));
        Assert.Equal(Spec.At(5).AddSeconds(5), _here.NextDeadline);
        Assert.NotNull(StaffLocks.Untold(_here.Visit));
        for (var (now, gap) = (Spec.At(5), TimeSpan.Zero); gap < TimeSpan.FromHours(1);)
        {
            var next = VisitDecider.NextDeadline(_here.Visit with { Alerts = [] }, PolicyOfLocks, now)!.Value;
            Assert.True(next > now && next - now >= gap / 4 && next - now <= TimeSpan.FromHours(2), $"{now} {next}");
            (gap, now) = (next - now, next);
        }

        PassOn(_here);
        Assert.Null(StaffLocks.Untold(_here.Visit));
        Assert.NotEqual(Spec.At(5).AddSeconds(5), _here.NextDeadline);
    }

    [Fact]
    public void A_visit_of_nobody_who_is_known_keeps_its_lock_on_itself_until_it_is_known_whose_it_is()
    {
        var nobodys = new Spec().Given(Say.Arrive(0) with { Patient = null }, Say.Lock(5));
        Assert.True(nobodys.Row.IsHidden);
        Assert.Null(StaffLocks.Untold(nobodys.Visit));
        nobodys.Given(Say.Identify(10, _person.Ref));
        PassOn(nobodys, _beside);
        Assert.Equal((true, true), (nobodys.Row.IsHidden, _beside.Row.IsHidden));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Taken_back_it_stands_everywhere_as_before(bool on)
    {
        if (!on) _here.Given(Say.Lock(2));
        PassOn(_here, _beside);
        _here.Given(Say.Lock(5, on));
        var command = _here.Last;
        PassOn(_here, _beside);
        _here.Given(Say.Undo(6, command));
        Assert.Equal(!on, _here.Row.IsHidden);
        PassOn(_here, _beside);
        Assert.Equal((!on, !on), (_here.Row.IsHidden, _beside.Row.IsHidden));
        Assert.Equal(RefusalCodes.NothingToUndo, _here.When(Say.Undo(7, command)).Refused);
        Assert.Equal(RefusalCodes.NothingToUndo,
            _here.When(Say.Undo(7, _here.Commits[^2].Command is var undo ? new CommandId(undo) : default)).Refused);
        Assert.Equal(1, Narrator.Tell(_here.Commits, _here.Visit, _here.Policy, _here.Now)
            .Count(line => line.Text.StartsWith("Taken back", StringComparison.Ordinal)));
        Assert.Equal(on ? 1 : 2, Narrator.Tell(_here.Commits, _here.Visit, _here.Policy, _here.Now).Count(line => line.Kind == nameof(LockSet)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Whoever_asks_for_a_lock_that_holds_has_a_word_of_their_own(bool isFirstTakenBack)
    {
        _here.Given(Say.Lock(2));
        var (first, colleague) = (_here.Last, new Actor("staff/colleague", "Colleague"));
        PassOn(_here, _beside);
        _beside.Given(Say.Lock(3) with { By = colleague });
        var second = _beside.Last;
        PassOn(_beside, _here);
        // Said again by the same person it is the same.
        Assert.Empty(_beside.When(Say.Lock(4) with { By = colleague }).Decision.Events);
        (isFirstTakenBack ? _here : _beside).Given(Say.Undo(6, isFirstTakenBack ? first : second));
        PassOn(_here, _beside);
        PassOn(_beside, _here);
        Assert.Equal((true, true), (_here.Row.IsHidden, _beside.Row.IsHidden));
        _here.Given(Say.Lock(7, on: false));
        PassOn(_here, _beside);
        Assert.Equal((false, false), (_here.Row.IsHidden, _beside.Row.IsHidden));
    }

    [Fact]
    public void What_somebody_said_since_stands_when_the_word_before_it_is_taken_back()
    {
        _here.Given(Say.Lock(2));
        var command = _here.Last;
        PassOn(_here, _beside);
        _beside.Given(Say.Lock(3, on: false), Say.Lock(4));
        PassOn(_beside, _here);
        _here.Given(Say.Undo(6, command));
        PassOn(_here, _beside);
        Assert.Equal((true, true), (_here.Row.IsHidden, _beside.Row.IsHidden));
    }

    [Fact]
    public void Two_who_turn_out_to_be_one_are_behind_the_locks_of_both_and_a_union_carried_out_again_locks_nothing_again()
    {
        Told(new PatientLocked(PrivacyLock.Safety, false, Spec.At(30), null), new PatientLocked(PrivacyLock.NoInformation, true, Spec.At(5), null));
        var was = new PatientRef
        {
            Id = Bea,
            Locks = PersonLocks.None.With(PrivacyLock.Safety, new(true, Spec.At(10))).With(PrivacyLock.Confidential, new(false, Spec.At(10)))
        };
        Absorb();
        Assert.Equal([PrivacyLock.NoInformation, PrivacyLock.Safety], _person.Ref.Locks!.Held);
        Told(new PatientLocked(PrivacyLock.Safety, false, Spec.At(50), null));
        Absorb();
        Assert.Equal([PrivacyLock.NoInformation], _person.Ref.Locks!.Held);

        void Absorb() =>
            Told([.. PatientDecider.Absorb(_person,
                new AbsorbPatient(default, Say.Feed, Spec.At(40), new PatientFacts { Id = Say.Ada.Id }, Bea, []) { Was = was },
                PolicyReader.Default)]);
    }

    [Fact]
    public void A_visit_that_turns_out_to_be_another_persons_takes_its_own_lock_to_them_and_no_lifted_one()
    {
        _here.Given(Say.Lock(5, which: PrivacyLock.Safety), Say.Lock(6), Say.Lock(7, on: false));
        PassOn(_here);
        _beside.Given(Say.Lock(8, which: PrivacyLock.Confidential));
        PassOn(_beside, _here);
        var theirs =
            new PatientRef { Id = Bea, FamilyName = "Other", Locks = PersonLocks.None.With(PrivacyLock.NoInformation, new(true, Spec.At(1))) };
        _here.Given(Say.Identify(20, theirs) with { IsAnother = true });
        Assert.Equal([PrivacyLock.NoInformation, PrivacyLock.Safety], _here.Row.Locks);
        Assert.Equal([PrivacyLock.Safety], StaffLocks.Untold(_here.Visit)!.Held);
    }

    [Fact]
    public void What_was_locked_before_locks_were_of_the_person_holds_on_its_visit_alone_until_somebody_lifts_it()
    {
        var old = VisitFold.Fold(_here.Visit,
            new VisitCommit(_here.Visit.Version + 1, Guid.NewGuid(), Spec.At(5), Say.Nurse,
                [new LockSet(Spec.At(5), PrivacyLock.Safety, true, null)]));
        Assert.Equal([PrivacyLock.Safety], VisitProjection.Row(Spec.Id, old, _here.Policy).Locks);
        Assert.Null(StaffLocks.Untold(old));
        var lifted = VisitDecider.Decide(Spec.Id, old, Say.Lock(9, on: false, which: PrivacyLock.Safety) with { Id = new(Guid.NewGuid()) },
            _here.Policy, Spec.At(9)).Events.OfType<LockSet>().Single();
        old = VisitFold.Fold(old, new VisitCommit(old.Version + 1, Guid.NewGuid(), Spec.At(9), Say.Nurse, [lifted]));
        Assert.Empty(VisitProjection.Row(Spec.Id, old, _here.Policy).Locks);
    }

    [Fact]
    public void A_snapshot_knows_what_is_of_the_person_and_what_they_were_told()
    {
        _here.Given(Say.Lock(5), Say.Lock(6, which: PrivacyLock.Safety));
        var read = VisitSnapshotJson.Read(VisitSnapshotJson.Write(_here.Visit))!;
        Assert.Equal(StaffLocks.Untold(_here.Visit), StaffLocks.Untold(read));
        PassOn(_here);
        read = VisitSnapshotJson.Read(VisitSnapshotJson.Write(_here.Visit))!;
        Assert.Equal((_here.Visit.Patient, null), (read.Patient, StaffLocks.Untold(read)));
    }

    [Fact]
    public void The_timeline_tells_each_word_once_and_of_another_visits_that_it_was_said_there()
    {
        _here.Given(Say.Lock(5, which: PrivacyLock.Safety));
        PassOn(_here, _beside);
        _beside.Given(Say.Lock(9, on: false, which: PrivacyLock.Safety));
        PassOn(_beside, _here);
        Assert.Equal(["Privacy lock: safety: asked for it", "Privacy lock of the person lifted on another visit: safety"], Lines(_here));
        Assert.Equal(["Privacy lock of the person, set on another visit: safety", "Privacy lock lifted: safety"], Lines(_beside));
        var later = new Spec().Given(Say.Arrive(20) with { Patient = _person.Ref });
        Assert.Equal(["Patient particulars recorded"], later.Commits.SelectMany(c => Narrator.Tell([c], later.Visit, later.Policy, later.Now))
            .Where(l => l.Kind == nameof(Identified)).Select(l => l.Text));

        static IEnumerable<string> Lines(Spec spec) =>
            Narrator.Tell(spec.Commits, spec.Visit, spec.Policy, spec.Now).Select(line => line.Text)
            .Where(text => text.Contains("lock", StringComparison.Ordinal));
    }

    private static readonly Policy PolicyOfLocks = Spec.Patience with { Rules = [] };

    /// <summary>As the house does: the person is told first, the visit that said it last.</summary>
    private void PassOn(Spec from, params ReadOnlySpan<Spec> others)
    {
        if (StaffLocks.Untold(from.Visit) is not { } untold) return;
        Told([.. PatientDecider.Lock(_person, new LockPatient(default, Say.Nurse, from.Now, Spec.Id, untold))]);
        foreach (var other in others) Hear(other);
        Hear(from, from.Visit.Patient.Id);
    }

    private void Hear(Spec visit, PatientId? of = null) => visit.Given(new HearLocks(default, Say.Nurse, visit.Now, _person.Ref.Locks!, of));

    private void Told(params PatientEvent[] events)
    {
        if (events.Length > 0) _person = PatientFold.Fold(_person, new PatientCommit(_person.Version + 1, Guid.NewGuid(), [.. events]));
    }
}
