using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Families;

namespace Journey.Domain.Tests.Care;

/// <summary>A family is told when word has reached it, and by nothing else.</summary>
public sealed class ToldTests
{
    private const string Unreached = "family.unreached", Asked = "family.asked";
    private const string Secret = "AB12";
    private static readonly ContactCard Lee = Say.Lee with { Email = null, Phone = "555-0100" };
    private static readonly ContactCard Sam =
        new(new("cccccccc-0000-5000-8000-000000000002"), "Sam Moss", "sister", 2, "en", null, "(555) 0100", Consent.Progress, false);

    [Fact]
    public void A_family_that_waits_is_told_when_the_first_delivery_arrives_and_nobody_is_called_while_it_is_on_its_way()
    {
        var spec = Waiting(Lee with { Email = "lee@example.org" }).Given(Link(Lee)).Given(Say.Send(10));
        Assert.NotNull(spec.Open(Asked));
        spec.Review(20);
        Assert.Equal((Spec.At(20), Spec.At(5), null, null),
            (spec.Row.Family.OnItsWaySince, spec.Row.Family.WaitingSince, spec.Row.Family.LastToldAt, spec.Row.Family.NextDueAt));
        Assert.NotNull(spec.Open(Asked)!.StoppedAt);
        spec.Review(20.6);
        Assert.DoesNotContain(spec.Visit.Alerts, a => a.IsOpen && a.Rule.StartsWith("family.", StringComparison.Ordinal));
        spec.Given(Ended(21, spec, DeliveryAnswer.Delivered));
        Assert.Equal((null, null, Spec.At(21), Spec.At(81)),
            (spec.Row.Family.OnItsWaySince, spec.Row.Family.WaitingSince, spec.Row.Family.LastToldAt, spec.Row.Family.NextDueAt));
        // Another way is another delivery, no other word.
        spec.Given(Say.Ended(22, spec.Care.Updates[0].Id, DeliveryAnswer.Delivered));
        Assert.Equal((Spec.At(21), Spec.At(21)), (spec.Row.Family.LastToldAt!.Value, spec.View.Care.Updates[0].ToldAt!.Value));
        Assert.Null(spec.Open(Unreached));
    }

    [Theory]
    [InlineData(DeliveryAnswer.Never, DeliveryState.Failed)]
    [InlineData(DeliveryAnswer.Unknown, DeliveryState.Unconfirmed)]
    public void A_family_that_nothing_reached_waits_as_before_and_whoever_is_responsible_is_called_and_told_whom(DeliveryAnswer answer,
        DeliveryState state)
    {
        var spec = Waiting(Say.Lee).Given(Say.Send(10));
        var asked = spec.Open(Asked)!;
        spec.Review(20);
        spec.Review(20.6);
        spec.Given(Say.Ended(21, spec.Care.Updates[0].Id, answer));
        Assert.Equal(state, spec.Care.Updates[0].Deliveries[0].State);
        Assert.Equal((Spec.At(5), null, null), (spec.Row.Family.WaitingSince, spec.Row.Family.LastToldAt, spec.Row.Family.OnItsWaySince));
        Assert.Equal((asked.Id, asked.Since, asked.DueAt, Severity.Critical),
            (spec.Open(Asked)!.Id, spec.Open(Asked)!.Since, spec.Open(Asked)!.DueAt, spec.Open(Asked)!.Severity));
        var alert = spec.Row.Alerts.Single(a => a.Rule == Unreached);
        Assert.Equal(("family", Severity.Warning, Spec.At(21), "nurse/7", "brother (spokesperson)"),
            (alert.Kind, alert.Severity, alert.DueAt, alert.Responsible?.Id, alert.Whom));
        spec.Given(Say.Tell(25));
        Assert.Equal((null, null, Resolutions.Done), (spec.Open(Unreached), spec.Open(Asked), spec.Visit.Alert(alert.Id)!.Resolution));
        Assert.Equal(Spec.At(25), spec.Row.Family.LastToldAt);
    }

    [Fact]
    public void A_way_that_has_failed_and_is_tried_again_keeps_nobody_from_calling_them()
    {
        var spec = Waiting(Say.Lee).Given(Say.Send(10));
        spec.Review(20);
        spec.Review(20.6);
        Assert.Null(spec.Open(Asked));
        spec.Given(Say.Ended(21, spec.Care.Updates[0].Id, DeliveryAnswer.NotNow) with { Why = "busy" });
        Assert.Equal((DeliveryState.Waiting, null, Spec.At(5)),
            (spec.Care.Updates[0].Deliveries[0].State, spec.Row.Family.OnItsWaySince, spec.Row.Family.WaitingSince));
        Assert.NotNull(spec.Open(Asked));
        Assert.Null(spec.Open(Unreached));
        spec.Review(22.5);
        spec.Given(Say.Ended(23, spec.Care.Updates[0].Id, DeliveryAnswer.Delivered));
        Assert.Equal((null, Spec.At(23)), (spec.Open(Asked), spec.Row.Family.LastToldAt!.Value));
    }

    [Fact]
    public void One_address_is_one_message_with_or_without_a_name_before_it()
    {
        var spec = Waiting(Say.Lee with { Email = "two@example.org" })
            .Given(Say.Contact(6, Sam with { Email = "\"Two\" <Two@example.org>", Phone = null }), Say.Send(10));
        spec.Review(20);
        Assert.Equal([null, Say.Lee.Id], spec.Care.Updates[0].Deliveries.Where(d => d.Channel == Channels.Email).Select(d => d.With));
    }

    [Fact]
    public void The_policys_own_clock_comes_back_as_it_was()
    {
        var spec = Known(Say.Lee).Given(Say.Tell(5), Say.Send(50));
        Assert.Equal(Spec.At(65), spec.Row.Family.NextDueAt);
        spec.Review(60);
        Assert.Null(spec.Row.Family.NextDueAt);
        spec.Given(Say.Ended(61, spec.Care.Updates[0].Id, DeliveryAnswer.Never));
        Assert.Equal((Spec.At(5), Spec.At(61)),
            (spec.Row.Family.LastToldAt!.Value, spec.Row.Family.NextDueAt!.Value)); // What is due first: they were not reached.
        Assert.Equal(Spec.At(65), spec.View.Clocks.Single(c => c.Rule == "family.update.ed").DueAt);
    }

    [Fact]
    public void Whoever_says_that_they_acted_has_told_them_and_a_later_update_that_arrives_has_too()
    {
        var spec = Failed(20);
        spec.Given(new ResolveAlert(default, Say.Nurse, Spec.At(30), spec.Open(Unreached)!.Id, "rang the brother"));
        Assert.Equal((null, Spec.At(30)), (spec.Open(Unreached), spec.Row.Family.LastToldAt!.Value));
        spec = Failed(20);
        spec.Given(Say.Send(30));
        spec.Review(40);
        Assert.NotNull(spec.Open(Unreached)!.StoppedAt);
        spec.Given(Say.Ended(41, spec.Care.Updates[1].Id, DeliveryAnswer.Delivered));
        Assert.Equal((null, Spec.At(41)), (spec.Open(Unreached), spec.Row.Family.LastToldAt!.Value));
        spec = Failed(20);
        var first = spec.Open(Unreached)!.Id;
        spec.Given(Say.Send(30));
        spec.Review(40);
        spec.Given(Say.Ended(41, spec.Care.Updates[1].Id, DeliveryAnswer.Never));
        Assert.Equal(first, spec.Open(Unreached)!.Id); // They still know nothing: the same cause, the same alert.
    }

    [Fact]
    public void What_somebody_promised_since_it_left_is_not_kept_by_its_arriving()
    {
        var spec = Known(Say.Lee).Given(Say.Send(10));
        spec.Review(20);
        spec.Given(Say.Tell(20.5, next: 60), Say.Ended(21, spec.Care.Updates[0].Id, DeliveryAnswer.Delivered));
        Assert.Equal((Spec.At(60), Spec.At(21), PromiseState.Open),
            (spec.Course.PromisedAt, spec.Row.Family.LastToldAt!.Value, Assert.Single(spec.Care.Promises).State));
    }

    [Fact]
    public void A_promise_of_the_update_itself_begins_when_it_arrives_and_is_none_when_it_does_not()
    {
        var spec = Known(Say.Lee).Given(Say.Send(10) with { NextBy = Spec.At(50) });
        spec.Review(20);
        Assert.Null(spec.Course.PromisedAt);
        var failed = new Spec().Given(Say.Arrive(0), Say.Contact(1, Say.Lee), Say.Send(10) with { NextBy = Spec.At(50) });
        failed.Review(20);
        failed.Given(Say.Ended(21, failed.Care.Updates[0].Id, DeliveryAnswer.Never));
        Assert.Null(failed.Course.PromisedAt);
        spec.Given(Say.Ended(21, spec.Care.Updates[0].Id, DeliveryAnswer.Delivered));
        Assert.Equal((Spec.At(50), true), (spec.Row.Family.NextDueAt, spec.Row.Family.Promised));
    }

    [Fact]
    public void What_stands_on_a_page_is_delivered_when_it_is_read_and_holds_no_clock_until_then()
    {
        var spec = Linked(Lee with { Phone = null }).Given(Say.Send(10));
        spec.Review(20);
        Assert.Equal((UpdateState.Gone, DeliveryState.Waiting), (spec.Care.Updates[0].State, spec.Care.Updates[0].Deliveries[0].State));
        Assert.Equal((null, null, Spec.At(61)), (spec.Row.Family.LastToldAt, spec.Row.Family.OnItsWaySince, spec.Row.Family.NextDueAt));
        Assert.Null(spec.Open(Unreached));
        var holder = FamilyPages.Holder(spec.Visit, Secret, Spec.At(30))!;
        Assert.Single(FamilyPages.View(Spec.Id, spec.Visit, holder, spec.Policy, Spec.At(30)).Messages);
        var read = Outbox.Read(spec.Visit, holder, Spec.At(30));
        var visit = VisitFold.Fold(spec.Visit, new VisitCommit(spec.Visit.Version + 1, Guid.Empty, Spec.At(30), new Actor(Actor.FamilyId), read));
        Assert.Equal((Spec.At(30), DeliveryState.Delivered), (visit.Course.LastToldAt!.Value, visit.Course.Care.Updates[0].Deliveries[0].State));
        Assert.Empty(Outbox.Read(visit, holder, Spec.At(31)));
        Assert.Equal(Spec.At(20), Assert.Single(FamilyPages.View(Spec.Id, visit, holder, spec.Policy, Spec.At(31)).Messages).At);
        // A hold set since keeps it from them: what is not shown is not read.
        Assert.Empty(Outbox.Read(spec.Given(Say.Hold(25)).Visit, holder, Spec.At(30)));
    }

    [Fact]
    public void An_update_that_would_reach_nobody_is_refused_and_whom_it_would_not_reach_is_known_before()
    {
        var spec = Known(Lee with { Phone = null });
        Assert.Equal((Lee.Id, "no link or e-mail"), Assert.Single(spec.View.Care.Unreachable) is var one ? (one.Contact, one.Why) : default);
        Assert.Equal(RefusalCodes.UpdateUnreachable, spec.When(Say.Send(10)).Refused);
        Assert.Contains("no link or e-mail", spec.Decision.Refusal!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Moss", spec.Decision.Refusal.Message, StringComparison.Ordinal);
        // Another whom it reaches is enough; the one it does not is still named.
        spec.Given(Say.Contact(11, Sam with { Email = "sam@example.org" }), Say.Send(12));
        Assert.Equal(Lee.Id, Assert.Single(spec.View.Care.Unreachable).Contact);
        // Who may hear nothing of it is no address.
        Assert.Equal(RefusalCodes.UpdateForbidden, Known(Sam with { Consent = Consent.Condition }).When(Say.Send(10)).Refused);
        // A link is a way, as long as it opens.
        Assert.Empty(Linked(Lee with { Phone = null }).View.Care.Unreachable);
    }

    [Fact]
    public void An_sms_points_to_the_page_and_goes_to_nobody_who_cannot_open_it()
    {
        var spec = Known(Lee);
        Assert.Equal("no link or e-mail; an SMS only says that something is on the page behind the link",
            Assert.Single(spec.View.Care.Unreachable).Why);
        Assert.Equal(RefusalCodes.UpdateUnreachable, spec.When(Say.Send(10)).Refused);
        // Beside another who is reached, on the same number too: theirs is a message to whoever has the link.
        spec.Given(Say.Contact(11, Sam)).Given(Link(Sam)).Given(Say.Send(12));
        Assert.Equal(Sam.Id, Assert.Single(spec.Review(22).OfType<DeliveryTried>()).Contact);
        Assert.Equal([(Lee.Id, Channels.Page, DeliveryState.Failed), (Sam.Id, Channels.Page, DeliveryState.Waiting),
            (Sam.Id, Channels.Sms, DeliveryState.Trying)], spec.Care.Updates[0].Deliveries.Select(d => (d.Contact, d.Channel, d.State)));
        // A link that is taken away before the second try takes the SMS along.
        spec.Given(Say.Ended(22.1, spec.Care.Updates[0].Id, DeliveryAnswer.NotNow, Channels.Sms, Sam.Id),
            new RevokeLinks(default, Say.Nurse, Spec.At(22.2), Sam.Id));
        Assert.Empty(spec.Review(23).OfType<DeliveryTried>());
        Assert.Null(spec.Row.Family.LastToldAt);
    }

    [Theory, InlineData("email", true), InlineData("sms", false)]
    public void A_channel_that_is_not_set_up_reaches_nobody(string way, bool reaches)
    {
        var policy = Spec.Patience with { Family = Spec.Patience.Family with { Ways = [way] } };
        var spec = new Spec(policy).Given(Say.Arrive(0), Say.Contact(1, Say.Lee));
        Assert.Equal(reaches ? null : RefusalCodes.UpdateUnreachable, spec.When(Say.Send(10)).Refused);
        Assert.Equal(reaches, spec.View.Care.Unreachable.IsEmpty);
        if (!reaches) Assert.Contains("e-mail is not set up here", spec.Decision.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_step_writes_to_a_family_that_it_would_not_reach() =>
        Assert.Empty(new Spec().Given(Say.Arrive(0), Say.Contact(1, Lee with { Phone = null }), Say.Step(12, Steps.Roomed)).Care.Updates);

    [Theory]
    [InlineData("555-0100", "(555) 01 00", true)]
    [InlineData("+43 1 555", "0043-1-555", true)]
    [InlineData("555-0100", "555-0101", false)]
    public void One_number_of_two_contacts_is_one_message_and_reaches_both(string one, string other, bool same)
    {
        var spec = Known(Lee with { Phone = one }, Sam with { Phone = other }).Given(Link(Lee)).Given(Link(Sam)).Given(Say.Send(10));
        Assert.Equal(same ? 1 : 2, spec.Review(20).OfType<DeliveryTried>().Count());
        Assert.Equal(2, Sms(spec).Count);
        if (!same) return;
        Assert.Equal((Guid?)Lee.Id, Sms(spec)[1].With);
        spec.Given(Ended(21, spec, DeliveryAnswer.NotNow));
        Assert.Single(spec.Review(21.5).OfType<DeliveryTried>());
        spec.Given(Ended(22, spec, DeliveryAnswer.Delivered));
        Assert.All(Sms(spec), d => Assert.Equal((DeliveryState.Delivered, 2), (d.State, d.Attempts)));
        Assert.Equal(UpdateState.Gone, spec.Care.Updates[0].State);
    }

    [Fact]
    public void Who_shares_a_number_with_somebody_who_may_not_hear_any_more_is_reached_all_the_same()
    {
        var spec = Known(Lee, Sam).Given(Link(Lee)).Given(Link(Sam)).Given(Say.Send(10));
        spec.Review(20);
        spec.Given(Ended(21, spec, DeliveryAnswer.NotNow), Say.Contact(21.2, Lee with { Consent = Consent.Nothing }));
        spec.Review(21.5);
        Assert.Equal([(Lee.Id, DeliveryState.Blocked), (Sam.Id, DeliveryState.Waiting)], Sms(spec).Select(d => (d.Contact, d.State)));
        Assert.Equal(Sam.Id, Assert.Single(spec.Review(21.6).OfType<DeliveryTried>()).Contact);
        spec.Given(Say.Ended(22, spec.Care.Updates[0].Id, DeliveryAnswer.Delivered, Channels.Sms, Sam.Id));
        Assert.Equal(Spec.At(22), spec.Row.Family.LastToldAt);
    }

    [Fact]
    public void Nobody_is_asked_to_follow_up_what_another_persons_family_did_not_get()
    {
        var spec = Failed(20)
            .Given(Say.Identify(30, Say.Ada with { Id = new(new Guid("bbbbbbbb-0000-5000-8000-000000000009")) }) with { IsAnother = true });
        spec.Review(30.6);
        Assert.Null(spec.Open(Unreached));
        Assert.Null(spec.Course.UnreachedSince);
    }

    [Fact]
    public void What_an_earlier_version_sent_is_told_by_its_leaving_as_it_was_then()
    {
        var spec = Known(Say.Lee).Given(Say.Send(10));
        var update = spec.Care.Updates[0].Id;
        var visit = Fold(spec.Visit, 20,
            new UpdateReleased(Spec.At(20), update,
                [new Delivery(Lee.Id, Channels.Email, DeliveryState.Waiting, 0, Spec.At(20), RetryAt: Spec.At(20))]));
        visit = Fold(visit, 20, new DeliveryTried(Spec.At(20), update, Lee.Id, Channels.Email));
        visit = Fold(visit, 21, new DeliveryEnded(Spec.At(21), update, Lee.Id, Channels.Email, DeliveryState.Failed, "550", null));
        Assert.Equal((Spec.At(20), UpdateState.Gone, null, null),
            (visit.Course.LastToldAt, visit.Course.Care.Updates[0].State, visit.Course.OnItsWaySince, visit.Course.UnreachedSince));

        static Visit Fold(Visit visit, double minute, VisitEvent e) =>
            VisitFold.Fold(visit, new VisitCommit(visit.Version + 1, Guid.NewGuid(), Spec.At(minute), Actor.System, [e]));
    }

    [Fact]
    public void A_stay_of_many_updates_remembers_when_the_family_was_last_told()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/1/A"), Say.Contact(1, Say.Lee));
        for (var i = 1; i <= 70; i++)
        {
            spec.Given(Say.Send(20 * i));
            spec.Review(20 * i + 10);
            spec.Given(Say.Ended(20 * i + 11, spec.Care.Updates[^1].Id, i == 1 ? DeliveryAnswer.Delivered : DeliveryAnswer.Never));
        }

        Assert.InRange(spec.Care.Updates.Length, 1, 2 * CareState.RememberedSettled + 1);
        Assert.Equal(Spec.At(31), spec.Row.Family.LastToldAt);
        Assert.Equal(Spec.Text(CourseFold.Replay(spec.Visit.Entries)), Spec.Text(spec.Course));
    }

    private static EndDelivery Ended(double at, Spec spec, DeliveryAnswer answer) =>
        Say.Ended(at, spec.Care.Updates[^1].Id, answer, Channels.Sms, Lee.Id);

    private static Spec Known(params ContactCard[] contacts)
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Assign(0, CareRole.Nurse, "nurse/7"));
        foreach (var contact in contacts) spec.Given(Say.Contact(1, contact));
        return spec;
    }

    private static Spec Waiting(ContactCard contact) => Known(contact).Given(new FamilyWaits(default, Say.Nurse, Spec.At(5), "brother"));

    private static Spec Failed(double leaves)
    {
        var spec = Known(Say.Lee).Given(Say.Send(leaves - 10));
        spec.Review(leaves);
        return spec.Given(Say.Ended(leaves + 1, spec.Care.Updates[0].Id, DeliveryAnswer.Never));
    }

    private static List<Delivery> Sms(Spec spec) => [.. spec.Care.Updates[0].Deliveries.Where(d => d.Channel == Channels.Sms)];

    private static Spec Linked(ContactCard contact) => Known(contact).Given(Link(contact));

    private static VisitCommand[] Link(ContactCard contact) =>
        [Say.CodeWord(2, "bluebird"), new IssueLink(default, Say.Nurse, Spec.At(3), contact.Id, Secret)];
}
