using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests.Care;

public sealed class FamilyTests
{
    [Fact]
    public void An_update_waits_to_be_recalled_and_then_leaves_to_everybody_who_may_hear_it()
    {
        var spec = Known(Say.Lee, Silent).Given(Say.Send(10));
        Assert.Equal((UpdateState.Waiting, Spec.At(20)), (spec.Care.Updates[0].State, spec.Care.Updates[0].LeavesAt));
        Assert.Empty(spec.ReviewAt(Spec.At(20).AddTicks(-1)).OfType<UpdateLeft>());
        var events = spec.Review(20);
        Assert.Single(events.OfType<DeliveryTried>());
        Assert.Equal([(DeliveryState.Trying, null), (DeliveryState.Blocked, "consent")],
            spec.Care.Updates[0].Deliveries.Select(d => (d.State, d.Why)));
        Assert.Null(spec.Row.Family.LastToldAt);
        spec.Given(Say.Ended(21, spec.Care.Updates[0].Id, DeliveryAnswer.Delivered));
        Assert.Equal((UpdateState.Gone, Spec.At(21)), (spec.Care.Updates[0].State, spec.Row.Family.LastToldAt!.Value));
    }

    [Fact]
    public void An_update_is_recalled_in_time_or_told_that_it_has_left()
    {
        var spec = Known(Say.Lee).Given(Say.Send(10));
        var update = spec.Last.Value;
        spec.Given(new RecallUpdate(default, Say.Nurse, Spec.At(19), update));
        Assert.Empty(spec.Review(25).OfType<UpdateLeft>());
        spec.Given(Say.Send(30));
        update = spec.Last.Value;
        spec.Review(40);
        Assert.Equal(RefusalCodes.UpdateGone, spec.When(new RecallUpdate(default, Say.Nurse, Spec.At(41), update)).Refused);
        Assert.Equal(RefusalCodes.CannotBeTakenBack, spec.When(Say.Undo(41, new CommandId(update))).Refused);
    }

    [Theory, InlineData("lock"), InlineData("hold"), InlineData("deceased"), InlineData("consent")]
    public void What_may_not_be_said_is_refused(string why)
    {
        var spec = Known(why == "consent" ? Silent : Say.Lee).Given(Obstacle(why, 5));
        Assert.Equal(RefusalCodes.UpdateForbidden, spec.When(Say.Send(10)).Refused);
    }

    [Theory, InlineData("lock"), InlineData("hold")]
    public void A_lock_or_hold_set_in_the_recall_window_stops_it(string why)
    {
        var spec = Known(Say.Lee).Given(Say.Send(10), Obstacle(why, 15));
        spec.Review(20);
        Assert.Equal((UpdateState.Blocked, why), (spec.Care.Updates[0].State, spec.Care.Updates[0].Deliveries[0].Why));
        Assert.Null(spec.Row.Family.LastToldAt);
    }

    [Fact]
    public void A_channel_that_says_not_now_is_tried_again_later_and_later_and_then_no_more()
    {
        var spec = Known(Say.Lee).Given(Say.Send(10));
        spec.Review(20);
        var minute = 20.0;
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            spec.Given(Say.Ended(minute, spec.Care.Updates[0].Id, DeliveryAnswer.NotNow));
            if (attempt == 5) break;
            minute += 0.5 * Math.Pow(2, attempt - 1);
            Assert.Equal(Spec.At(minute), spec.Care.Updates[0].Deliveries[0].RetryAt);
            Assert.Single(spec.Review(minute).OfType<DeliveryTried>());
        }

        Assert.Equal((DeliveryState.Failed, 5), (spec.Care.Updates[0].Deliveries[0].State, spec.Care.Updates[0].Deliveries[0].Attempts));
    }

    [Fact]
    public void A_mail_that_nobody_answered_for_is_never_sent_again_and_an_sms_is_asked_for_by_its_key()
    {
        var spec = Known(Say.Lee with { Phone = "555-0100" })
            .Given(Say.CodeWord(2, "bluebird"), new IssueLink(default, Say.Nurse, Spec.At(3), Say.Lee.Id, "AB12")).Given(Say.Send(10));
        spec.Review(20);
        spec.Review(22);
        Assert.Equal(DeliveryState.Unconfirmed, spec.Care.Updates[0].Deliveries.Single(d => d.Channel == Channels.Email).State);
        var sms = spec.Care.Updates[0].Deliveries.Single(d => d.Channel == Channels.Sms);
        Assert.Equal((DeliveryState.Waiting, Spec.At(22.5)), (sms.State, sms.RetryAt));
    }

    [Fact]
    public void A_step_writes_its_milestone_once_to_a_family_that_may_hear_it()
    {
        var spec = new Spec(Mapped).Given(Say.Arrive(0), Say.Contact(1, Say.Lee), Say.Transfer(10, "ED/3/A"));
        Assert.Equal("in-room", Assert.Single(spec.Care.Updates).Template);
        spec.Given(Say.Transfer(11, "ED/4/A"));
        Assert.Single(spec.Care.Updates);
        Assert.Empty(new Spec(Mapped).Given(Say.Arrive(0), Say.Contact(1, Say.Lee), Say.Hold(2), Say.Transfer(10, "ED/3/A")).Care.Updates);
        Assert.Empty(new Spec(Mapped).Given(Say.Arrive(0), Say.Contact(1, Silent), Say.Transfer(10, "ED/3/A")).Care.Updates);
        // Heard of long after: no news any more.
        Assert.Empty(new Spec(Mapped).Given(Say.Arrive(0), Say.Contact(1, Say.Lee)).When(Say.Transfer(10, "ED/3/A"), recordedAt: 200).Care.Updates);
    }

    private static readonly Policy Mapped =
        Spec.Patience with { Places = [new PlacePolicy("ED", null, "*", PlaceKind.Treatment, Department.Emergency), .. Spec.Patience.Places] };

    [Fact]
    public void No_family_is_told_what_was_only_assumed()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Contact(1, Say.Lee), Say.Transfer(10, "ED/3/A"));
        Assert.Equal(Steps.Roomed, spec.Row.Step);
        Assert.Empty(spec.Care.Updates);
        spec.Given(Say.Step(12, Steps.Roomed));
        Assert.Equal("in-room", Assert.Single(spec.Care.Updates).Template);
    }

    [Fact]
    public void One_speaks_for_the_family_at_a_time()
    {
        var spec = Known(Say.Lee, Silent with { Spokesperson = true });
        Assert.Equal(["Sam Moss"], spec.Care.Contacts.Where(c => c.Spokesperson).Select(c => c.Name));
    }

    [Fact]
    public void A_new_code_word_is_hashed_as_slowly_as_OWASP_asks_and_is_recognised()
    {
        var spec = new Spec().Given(Say.Arrive(0));
        var set = Assert.IsType<CodeWordSet>(Assert.Single(
            VisitDecider.Decide(Spec.Id, spec.Visit, Say.CodeWord(1, "Bluebird"), PolicyReader.Default, Spec.At(1)).Events));
        Assert.StartsWith("pbkdf2-sha256$600000$", set.Hash, StringComparison.Ordinal);
        Assert.True(CodeWords.Matches("bluebird", set.Hash!));
    }

    [Fact]
    public void Wrong_code_words_lock_the_check_and_a_right_one_begins_anew()
    {
        var spec = new Spec();
        spec.Given(Say.Arrive(0), Say.CodeWord(1, "Bluebird"));
        Assert.True(CodeWords.Matches(" blueBIRD ", spec.Care.CodeWordHash!));
        Assert.False(CodeWords.Matches("bluebirds", spec.Care.CodeWordHash!));
        Assert.DoesNotContain("luebird", spec.Care.CodeWordHash, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(RefusalCodes.CodeWordTooShort, spec.When(Say.CodeWord(2, " ab ")).Refused);
        var visit = spec.Visit;
        for (var i = 0; i < 4; i++) visit = Tried(visit, false, 3 + i);
        Assert.Equal(new WordTries(null, 4, null), Assert.Single(visit.Course.Care.CodeWordTries));
        Assert.Empty(Tried(visit, true, 8).Course.Care.CodeWordTries);
        Assert.Equal(Spec.At(8 + 15), Tried(visit, false, 8).Course.Care.CodeWordLockedUntil(null, Spec.At(8)));

        Visit Tried(Visit before, bool right, double at) =>
            VisitFold.Fold(before, new VisitCommit(before.Version + 1, Guid.Empty, Spec.At(at), Say.Nurse,
                [FamilyDecider.Try(before, null, right, spec.Policy, Spec.At(at))]));
    }

    [Fact]
    public void Wrong_words_of_one_lock_nobody_else()
    {
        var spec = new Spec();
        spec.Given(Say.Arrive(0), Say.CodeWord(1, "Bluebird"));
        var (one, other) = (Guid.NewGuid(), FamilyDecider.Link(Guid.NewGuid(), "AB"));
        var visit = spec.Visit;
        for (var i = 0; i < 4; i++) visit = Tried(visit, one, false, 3);
        for (var i = 0; i < 4; i++) visit = Tried(visit, other, false, 3);
        visit = Tried(visit, one, false, 4);
        Assert.Equal(
            (Spec.At(19), null, null, null),
            (visit.Course.Care.CodeWordLockedUntil(one, Spec.At(18)), visit.Course.Care.CodeWordLockedUntil(one, Spec.At(19)), visit.Course.Care
                .CodeWordLockedUntil(other, Spec.At(5)), visit.Course.Care.CodeWordLockedUntil(null, Spec.At(5))));
        Assert.Equal(Spec.At(4), visit.Course.Care.CodeWordGuessedAt);
        // Another's right word forgives them nothing.
        visit = Tried(visit, null, true, 5);
        Assert.NotNull(visit.Course.Care.CodeWordLockedUntil(one, Spec.At(6)));
        Assert.NotNull(Tried(visit, other, false, 6).Course.Care.CodeWordLockedUntil(other, Spec.At(7)));

        Visit Tried(Visit before, Guid? by, bool right, double at) =>
            VisitFold.Fold(before, new VisitCommit(before.Version + 1, Guid.Empty, Spec.At(at), Say.Nurse,
                [FamilyDecider.Try(before, by, right, spec.Policy, Spec.At(at))]));
    }

    public static TheoryData<Consent?, bool, string, Consent> Speaking() => new()
    {
        { Consent.Full, true, "", Consent.Full }, { Consent.Progress, true, "", Consent.Progress }, { Consent.Nothing, true, "", Consent.Nothing },
        { Consent.Full, false, "", Consent.Condition }, { null, false, "", Consent.Condition }, { null, true, "", Consent.Progress },
        { Consent.Full, true, "lock", Consent.Nothing }, { null, false, "lock", Consent.Nothing }, { Consent.Full, true, "hold", Consent.Condition },
        { Consent.Full, true, "deceased", Consent.Condition },
    };

    [Theory, MemberData(nameof(Speaking))]
    public void What_a_caller_may_hear(Consent? consent, bool knows, string obstacle, Consent expected)
    {
        var card = consent is { } c ? Say.Lee with { Consent = c } : null;
        var spec = new Spec().Given(Say.Arrive(0));
        if (obstacle.Length > 0) spec.Given(Obstacle(obstacle, 5));
        Assert.Equal(expected, Disclosure.MayHear(spec.Visit, card, knows));
    }

    [Fact]
    public void The_family_page_says_what_the_consent_covers_and_no_more()
    {
        var spec = Linked(Say.Lee).Given(Say.Tell(10, next: 40), Say.Ask(11));
        var page = Page(spec);
        Assert.Equal((Steps.Arrived, Steps.Triaged, Spec.At(40), true), (page.Status, page.Next, page.NextWordAt, page.NextWordPromised));
        Assert.Single(page.Questions);
        // That they ask for a word does not make the word that was promised late.
        Assert.Equal(Spec.At(40), Page(Linked(Say.Lee).Given(Say.Tell(10, next: 40), Say.Waits(12))).NextWordAt);
        var little = Linked(Say.Lee with { Consent = Consent.Condition });
        Assert.Equal((FamilyPages.Here, null, null), (Page(little).Status, Page(little).Next, Page(little).NextWordAt));
        Assert.Equal(Page(little).Status, Page(Linked(Say.Lee).Given(Say.Hold(10))).Status);
        Assert.Null(FamilyPages.Holder(Linked(Say.Lee).Given(Say.Lock(10)).Visit, Secret, Spec.At(20)));
        Assert.Null(FamilyPages.Holder(spec.Visit, "00", Spec.At(20)));
        Assert.Null(FamilyPages.Holder(spec.Visit, Secret, Spec.At(20).AddDays(15)));
    }

    [Fact]
    public void Messages_are_read_on_the_page_in_the_contacts_language()
    {
        var spec = Linked(Say.Lee with { Email = null }).Given(Say.Send(10));
        spec.Review(20);
        Assert.StartsWith("Está tardando", Assert.Single(Page(spec).Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_needs_a_code_word_and_ends_with_it()
    {
        var spec = Known(Say.Lee);
        Assert.Equal(RefusalCodes.CodeWordMissing, spec.When(new IssueLink(default, Say.Nurse, Spec.At(2), Say.Lee.Id, Secret)).Refused);
        Assert.Empty(Linked(Say.Lee).Given(Say.CodeWord(5, null)).Care.Links);
    }

    [Fact]
    public void Codes_of_the_waiting_room_change_and_tell_nothing()
    {
        var policy = new Spec().Policy with { Key = HouseKey.From(new byte[32]), Family = new() { WaitingRooms = ["ED", "4*"] } };
        var code = CodeAt(policy, 0);
        Assert.Matches("^[B-Z2-9]{5}$", code);
        Assert.Equal(code, CodeAt(policy with { Key = HouseKey.From(new byte[32]) }, 1));
        Assert.NotEqual(code, CodeAt(policy, 240));
        // Who knows the visit's id and the time knows nothing without the house's secret.
        Assert.NotEqual(code, CodeAt(policy with { Key = HouseKey.From([.. Enumerable.Repeat((byte)1, 32)]) }, 0));

        static string? CodeAt(Policy policy, int minutes) => WaitingRoomCodes.CodeFor(Spec.Id, "ed", policy, Spec.At(minutes));
    }

    [Theory, InlineData("ED", true), InlineData("4W", true), InlineData("OR", false)]
    public void A_unit_has_a_waiting_room_board_when_the_policy_names_it(string unit, bool shown)
    {
        var policy = new Spec().Policy with { Key = HouseKey.From(new byte[32]), Family = new() { WaitingRooms = ["ED", "4*"] } };
        Assert.Equal(shown, WaitingRoomCodes.CodeFor(Spec.Id, unit, policy, Spec.At(0)) is not null);
        Assert.Null(WaitingRoomCodes.CodeFor(Spec.Id, unit, new Spec().Policy, Spec.At(0)));
        Assert.Throws<InvalidOperationException>(() => WaitingRoomCodes.CodeFor(Spec.Id, "ED", policy with { Key = new() }, Spec.At(0)));
    }

    private const string Secret = "AB12";
    private static readonly ContactCard Silent =
        new(new("cccccccc-0000-5000-8000-000000000002"), "Sam Moss", "cousin", 2, null, "sam@example.org", null, Consent.Condition, false);

    private static FamilyPageView Page(Spec spec) =>
        FamilyPages.View(Spec.Id, spec.Visit, FamilyPages.Holder(spec.Visit, Secret, spec.Now)!, spec.Policy, spec.Now);

    private static VisitCommand Obstacle(string why, double at) => why switch
    {
        "lock" => Say.Lock(at),
        "hold" => Say.Hold(at),
        "deceased" => Say.Identify(at, Say.Ada with { Deceased = true }),
        _ => Say.Contact(at),
    };

    private static Spec Known(params ContactCard[] contacts)
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Assign(0, CareRole.Nurse, "nurse/7"));
        foreach (var contact in contacts) spec.Given(Say.Contact(1, contact));
        return spec;
    }

    [Fact]
    public void What_waits_to_be_sent_leaves_from_the_visit_that_took_it_along_and_from_no_other()
    {
        var spec = Linked(Say.Lee).Given(Say.Send(10), Say.Ask(11));
        var there = new VisitId(new Guid("dddddddd-0000-5000-8000-000000000001"));
        spec.When(new LinkVisit(Spec.Command(900), Say.Feed, Spec.At(12), new VisitLink(LinkKind.AdmittedTo, there, "V-2", "4W", null), false, null),
            12);
        Assert.Equal(there, spec.Course.ContinuedAs);
        Assert.Empty(Outbox.Review(spec.Visit, spec.Policy, Spec.At(60)));
        Assert.Null(Outbox.NextDeadline(spec.Visit, spec.Policy, Spec.At(13)));
        Assert.Empty(spec.Row.Owed);
        spec.When(Say.Ask(14), 14);
        Assert.Equal(RefusalCodes.VisitClosed, spec.Refused);
        spec.When(new LinkVisit(Spec.Command(901), Say.Feed, Spec.At(12), new VisitLink(LinkKind.AdmittedTo, there, "V-2", "4W", null), true, null),
            15);
        Assert.NotEmpty(Outbox.Review(spec.Visit, spec.Policy, Spec.At(60)));
        Assert.NotEmpty(spec.Row.Owed);
    }

    [Fact]
    public void Whom_a_feed_calls_the_family_goes_along_to_a_visit_that_knows_nobody_and_back()
    {
        var emergency = new Spec().Given(Say.Arrive(0), Say.Family(5));
        var along = LinkDecider.Carry(Spec.Id, emergency.Visit, LinkKind.AdmittedFrom);
        var link = new LinkVisit(default, Say.Feed, Spec.At(60), along.Link, false, along);
        var ward = new Spec().Given(Say.Admit(60, "4W/1/A"), link);
        Assert.Equal(emergency.Visit.Contacts, ward.Visit.Contacts);
        ward.Given(Say.Update(70, new VisitDetails { Contacts = [new("Jo Moss", "mother")] }));
        // Its own record counts, also when the link comes again.
        Assert.Equal("Jo Moss", Assert.Single(ward.Given(link with { Id = Spec.Command(800) }).Visit.Contacts).Name);
        var back = LinkDecider.Carry(Spec.Id, ward.Visit, LinkKind.AdmittedTo);
        Assert.Equal("Jo Moss",
            Assert.Single(new Spec().Given(Say.Arrive(0), link with { To = back.Link, Care = back, Ends = true }).Visit.Contacts).Name);
        Assert.Equal("Lee Moss", Assert.Single(emergency.Given(link with { To = back.Link, Care = back, Ends = true }).Visit.Contacts).Name);
    }

    [Fact]
    public void Another_persons_family_is_not_known_of_a_visit_that_changed_hands()
    {
        var spec = new Spec().Given(Say.Arrive(0), Say.Family(5),
            Say.Identify(10, Say.Ada with { Id = new(new Guid("bbbbbbbb-0000-5000-8000-000000000009")) }) with { IsAnother = true });
        Assert.Empty(spec.Visit.Contacts);
    }

    private static Spec Linked(ContactCard contact) =>
        Known(contact).Given(Say.CodeWord(2, "bluebird"), new IssueLink(default, Say.Nurse, Spec.At(3), contact.Id, Secret));
}
