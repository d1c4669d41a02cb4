using CsCheck;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Domain.Facts;
using Journey.Domain.Families;

namespace Journey.Domain.Tests.Care;

/// <summary>What holds of the care for every history.</summary>
public sealed class CareProperties
{
    [Fact]
    public void No_visit_is_without_an_owner_and_not_flagged() => Properties.Stories.Sample(story => Properties.Tell(story, spec =>
    {
        var course = spec.Course;
        Assert.Equal(course.IsOpen && course.Nurse is null, course.UnownedSince is not null);
        if (course.Status == VisitStatus.Present && !spec.Visit.Patient.Deceased && course.UnownedSince is { } since && since <= spec.Now)
            Assert.True(spec.Open("visit.unowned") is not null || spec.NextDeadline <= since.AddMinutes(10));
    }), iter: 800);

    [Fact]
    public void A_question_is_open_until_its_asker_is_satisfied_or_takes_it_back() =>
        Properties.Stories.Sample(story => Properties.Tell(story, spec =>
    {
        var facts = spec.Visit.Entries.Where(e => !e.Undone).Select(e => e.Fact).ToArray();
        foreach (var question in spec.Care.Questions)
        {
            var satisfied = facts.Any(f => f is QuestionConfirmed { Satisfied: true } c && c.Item == question.Id);
            var withdrawn = facts.Any(f => f is QuestionWithdrawn w && w.Item == question.Id);
            Assert.Equal(satisfied || withdrawn, !CareState.IsOpen(question));
            if (CareState.IsOpen(question)) Assert.Contains(spec.Row.Owed, o => o.Id == question.Id);
        }
    }), iter: 800);

    [Fact]
    public void No_update_crosses_a_lock_a_hold_or_a_consent() => Properties.Stories.Sample(story =>
    {
        var told = 0;
        Properties.Tell(story, spec =>
        {
            foreach (var commit in spec.Commits.Skip(told))
                foreach (var e in commit.Events)
                    switch (e)
                    {
                        case UpdateLeft released:
                            Assert.All(released.Deliveries.Where(d => d.State != DeliveryState.Blocked), d => Assert.Null(Obstacle(spec, d.Contact)));
                            break;
                        case DeliveryTried tried:
                            Assert.Null(Obstacle(spec, tried.Contact));
                            break;
                    }

            told = spec.Commits.Count;
        });
    }, iter: 1_500);

    /// <summary>Reviews are told between commands, and no command both changes what may be said and says something.</summary>
    private static string? Obstacle(Spec spec, Guid contact) =>
        spec.Commits[^1].Events.Any(e => e is LockSet or HoldSet or ContactSet or ContactRemoved or Identified) ? null
            : spec.Care.Contacts.FirstOrDefault(c => c.Id == contact) is { } card ? Disclosure.Obstacle(spec.Visit, card) : null;

    [Fact]
    public void Nothing_is_delivered_twice() => Properties.Stories.Sample(story =>
    {
        var spec = Properties.Tell(story);
        var undone = spec.Commits.SelectMany(c => c.Events).OfType<Undone>().Select(u => u.Command).ToHashSet();
        var deliveries = spec.Commits.Where(c => !undone.Contains(c.Command)).SelectMany(c => c.Events)
            .Where(e => e is DeliveryTried or DeliveryEnded)
            .GroupBy(e => e is DeliveryTried t
                ? (t.Item, t.Contact, t.Channel)
                : (((DeliveryEnded)e).Item, ((DeliveryEnded)e).Contact, ((DeliveryEnded)e).Channel));
        foreach (var delivery in deliveries)
        {
            var mayTry = true;
            foreach (var e in delivery)
            {
                if (e is DeliveryTried) Assert.True(mayTry);
                // Only what was certainly not sent, or what the channel will know as a repeat, is tried again.
                mayTry = e is DeliveryEnded { State: DeliveryState.Waiting };
            }
        }

        Assert.All(spec.Care.Updates.SelectMany(u => u.Deliveries.GroupBy(d => (u.Id, d.Contact, d.Channel))), one => Assert.Single(one));
    }, iter: 1_500);

    [Fact]
    public void Every_promise_ends_kept_broken_or_withdrawn() => Properties.Stories.Sample(story =>
    {
        var spec = Properties.Tell(story);
        spec.When(Say.Discharge((spec.Now - Spec.Door).TotalMinutes + 1));
        if (!spec.Course.IsEnded) return;
        Assert.All(spec.Care.Promises, p => Assert.True(p.State is PromiseState.Kept or PromiseState.Broken or PromiseState.Withdrawn));
        Assert.All(spec.Care.Requests, r => Assert.False(CareState.IsOpen(r)));
        Assert.Null(spec.Care.OpenHandoff);
    }, iter: 1_000);

    [Fact]
    public void What_is_remembered_of_settled_items_is_bounded() => Gen.Int[30, 120].Sample(count =>
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"));
        for (var i = 1; i <= count; i++)
        {
            spec.Given(Say.Ask(i));
            var question = spec.Last.Value;
            spec.Given(Say.Answer(i, question), Say.Confirm(i, question), Say.Promise(i, i + 5));
            spec.Given(Say.Keep(i, spec.Last.Value), Say.Tell(i, i + 60));
        }

        Assert.InRange(spec.Care.Questions.Length, 0, 2 * CareState.RememberedSettled);
        Assert.InRange(spec.Care.Promises.Length, 0, 4 * CareState.RememberedSettled);
        Assert.InRange(spec.Visit.Entries.Length, 0, 400);
        Assert.Equal(Spec.Text(CourseFold.Replay(spec.Visit.Entries)), Spec.Text(spec.Course));
    }, iter: 10);
}
