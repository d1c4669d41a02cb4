using System.Collections.Immutable;
using System.Security.Cryptography;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Hotline;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Grains.Tests;

/// <summary>The care loop on two silos: ladders, lists, handoffs, what leaves the house, what the family page says.</summary>
[Collection(nameof(ClusterTests))]
public sealed class CareTests(Cluster cluster)
{
    private static readonly Person Kim = new("nurse-kim", "Nurse Kim");

    [Fact]
    public async Task A_warning_is_called_out_rung_by_rung_and_stands_on_the_list_of_whose_turn_it_is()
    {
        var (feed, visit) = await Arrived();
        await visit.Assign(new Assign(Feed.NewId(), Feed.Nurse, feed.Now, CareRole.Nurse, Kim));
        using var list = new ListWatcher(cluster, StaffKeys.Role(StaffRoles.ChargeNurse, feed.Unit));
        await list.Start();
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await Alert(feed, a => a is { EscalatedTo: "assigned", Responsible.Id: "nurse-kim" });
        Assert.Empty(list.Last.Items);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await Alert(feed, a => a is { EscalatedTo: "charge-nurse" });
        // Its lease ran out meanwhile, as a gateway's would that did not renew it.
        await list.Start();
        await Eventually.See("it on the charge nurse's list", list.Soon, l => l.Items.Any(i => i.Owed.Detail == "ed.triage"),
            l => $"{l.Items.Length} items");
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await Alert(feed, a => a is { EscalatedTo: "house-supervisor" });
        var supervisor = await cluster.Grains.GetGrain<IOwedListGrain>(StaffKeys.Role(StaffRoles.HouseSupervisor, feed.Unit)).Read();
        Assert.Contains(supervisor.Items, i => i.Unit == feed.Unit && i.Owed.Detail == "ed.triage");
    }

    [Fact]
    public async Task What_one_person_owes_is_one_list_across_units_ordered_by_when_it_is_due()
    {
        var owner = new Person("nurse-" + Guid.NewGuid().ToString("N")[..6], "Nurse Invented");
        var (first, early) = await Arrived();
        var (second, late) = await Arrived();
        await late.AskQuestion(Ask(second, owner, QuestionKind.Billing));
        await early.AskQuestion(Ask(first, owner, QuestionKind.Clinical));
        var list = cluster.Grains.GetGrain<IOwedListGrain>(StaffKeys.Person(owner.Id));
        var owed = await Eventually.See("both questions", list.Read, l => l.Items.Length == 2, l => $"{l.Items.Length} items");
        Assert.Equal([first.Unit, second.Unit], owed.Items.Select(i => i.Unit));
    }

    [Fact]
    public async Task Questions_move_with_an_accepted_handoff_and_a_second_reader_is_told()
    {
        var (feed, visit) = await Arrived();
        await visit.Assign(new Assign(Feed.NewId(), Feed.Nurse, feed.Now, CareRole.Nurse, Kim));
        await visit.AskQuestion(Ask(feed, Kim, QuestionKind.Clinical));
        var draft = await visit.DraftHandoff();
        var offer = Feed.NewId();
        var sam = new Actor("nurse-sam", "Nurse Sam");
        await visit.OfferHandoff(new OfferHandoff(offer, Feed.Nurse, feed.Now, CareRole.Nurse, new Person(sam.Id, sam.Name!), draft!));
        Assert.Equal(HandoffState.Offered, (await visit.Read())!.Row.Handoff!.State);
        Assert.Equal(OutcomeKind.Accepted,
            (await visit.AcceptHandoff(new AcceptHandoff(Feed.NewId(), sam, feed.Now, offer.Value, "One question, else stable"))).Kind);
        var after = (await visit.Read())!;
        Assert.Equal(("nurse-sam", "nurse-sam", (HandoffView?)null), (after.Row.Nurse!.Id, after.Care.Questions[0].Owner!.Id, after.Row.Handoff));
        Assert.Equal(RefusalCodes.HandoffClosed,
            (await visit.AcceptHandoff(new AcceptHandoff(Feed.NewId(), sam, feed.Now, offer.Value, "Again"))).Refusal?.Code);
    }

    [Fact]
    public async Task An_update_leaves_after_its_window_over_every_way_and_each_delivery_is_recorded_before_it_is_made()
    {
        var (feed, visit) = await Arrived();
        var (mail, phone) = ($"{feed.Number}@example.org", "555-" + feed.Number);
        await visit.SetContact(new SetContact(Feed.NewId(), Feed.Nurse, feed.Now, Contact(mail, phone)));
        await Linked(feed, visit);
        await visit.SendUpdate(new SendUpdate(Feed.NewId(), Feed.Nurse, feed.Now, "delay", null, null));
        Assert.DoesNotContain(cluster.Mail.Sent, m => m.To == mail);
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        var care = await Eventually.See("the update gone", Care, c => c.Updates[0].State == UpdateState.Gone, c => $"{c.Updates[0].State}");
        Assert.All(care.Updates[0].Deliveries, d => Assert.Equal(d.Channel == "page" ? DeliveryState.Waiting : DeliveryState.Delivered, d.State));
        Assert.StartsWith("Está tardando", Assert.Single(cluster.Mail.Sent, m => m.To == mail).Text, StringComparison.Ordinal);
        var sms = Assert.Single(cluster.Sms.Sent, m => m.To == phone);
        Assert.DoesNotContain("tardando", sms.Notice, StringComparison.Ordinal);
        var kinds = (await visit.Timeline()).Select(e => e.Kind).ToArray();
        Assert.Contains("UpdateLeft", kinds);
        Assert.NotNull((await visit.Read())!.Row.Family.LastToldAt);

        async Task<CareView> Care() => (await visit.Read())!.Care;
    }

    [Fact]
    public async Task A_channel_that_says_not_now_is_tried_again_with_the_same_key_and_a_mail_without_answer_is_not()
    {
        var (feed, visit) = await Arrived();
        var (mail, phone) = ($"{feed.Number}@example.org", "555-" + feed.Number);
        cluster.Mail.Answers[mail] = DeliveryAnswer.Unknown;
        cluster.Sms.Answers[phone] = DeliveryAnswer.NotNow;
        await visit.SetContact(new SetContact(Feed.NewId(), Feed.Nurse, feed.Now, Contact(mail, phone)));
        await Linked(feed, visit);
        await visit.SendUpdate(new SendUpdate(Feed.NewId(), Feed.Nurse, feed.Now, null, "All is well", null));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await Eventually.See("the first answer of each", Deliveries,
            d => d is [{ State: DeliveryState.Unconfirmed }, { State: DeliveryState.Waiting, Attempts: 1 }], Tell);
        cluster.Sms.Answers[phone] = DeliveryAnswer.Delivered;
        cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        await Eventually.See("the second attempt", Deliveries,
            d => d is [{ State: DeliveryState.Unconfirmed, Attempts: 1 }, { State: DeliveryState.Delivered, Attempts: 2 }], Tell);
        Assert.Single(cluster.Mail.Sent, m => m.To == mail);
        Assert.Single(cluster.Sms.Sent.Where(m => m.To == phone).Select(m => m.Key).Distinct());

        async Task<ImmutableArray<DeliveryView>> Deliveries() =>
            [.. (await visit.Read())!.Care.Updates[0].Deliveries.Where(d => d.Channel != "page").OrderBy(d => d.Channel, StringComparer.Ordinal)];
        static string Tell(ImmutableArray<DeliveryView> d) => string.Join(", ", d.Select(x => $"{x.Channel} {x.State} {x.Attempts}"));
    }

    [Fact]
    public async Task An_update_that_reached_nobody_tells_nobody_and_calls_whoever_is_responsible_until_somebody_has_told_them()
    {
        var (feed, visit) = await Arrived();
        var phone = "555-" + feed.Number;
        cluster.Sms.Answers[phone] = DeliveryAnswer.Never;
        await visit.Assign(new Assign(Feed.NewId(), Feed.Nurse, feed.Now, CareRole.Nurse, Kim));
        await visit.SetContact(new SetContact(Feed.NewId(), Feed.Nurse, feed.Now, Contact(null, phone)));
        await Linked(feed, visit);
        await visit.FamilyWaits(new FamilyWaits(Feed.NewId(), Feed.Nurse, feed.Now, "sister"));
        await visit.SendUpdate(new SendUpdate(Feed.NewId(), Feed.Nurse, feed.Now, "delay", null, null));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        var row = await Eventually.See("the alert", Row, r => Unreached(r) is not null, r => $"{r.Alerts.Length} alerts");
        Assert.Equal(("nurse-kim", "sister (spokesperson)"), (Unreached(row)!.Responsible!.Id, Unreached(row)!.Whom));
        Assert.True(row.Family is { LastToldAt: null, WaitingSince: not null, OnItsWaySince: null });
        await visit.TellFamily(new TellFamily(Feed.NewId(), Feed.Nurse, cluster.Clock.GetUtcNow(), "sister", null, null));
        row = await Eventually.See("no alert", Row, r => Unreached(r) is null, r => $"{r.Alerts.Length} alerts");
        Assert.True(row.Family is { LastToldAt: not null, WaitingSince: null });

        async Task<VisitRow> Row() => (await cluster.Board(feed.Unit).Read()).Rows.Single(r => r.Number == feed.Number);
        static AlertView? Unreached(VisitRow row) => row.Alerts.SingleOrDefault(a => a.Rule == "family.unreached");
    }

    [Fact]
    public async Task Two_contacts_with_one_number_get_one_message_and_who_has_none_is_known_before_anything_is_written()
    {
        var (feed, visit) = await Arrived();
        await visit.SetContact(new SetContact(Feed.NewId(), Feed.Nurse, feed.Now, Contact(null, null)));
        Assert.Equal(RefusalCodes.UpdateUnreachable,
            (await visit.SendUpdate(new SendUpdate(Feed.NewId(), Feed.Nurse, feed.Now, "delay", null, null))).Refusal?.Code);
        Assert.Equal("no link or e-mail", Assert.Single((await visit.Read())!.Care.Unreachable).Why);
        await visit.SetContact(new SetContact(Feed.NewId(), Feed.Nurse, feed.Now, Contact(null, $"+1 555 {feed.Number}-7")));
        await visit.SetContact(new SetContact(Feed.NewId(), Feed.Nurse, feed.Now, Contact(null, $"001-555-{feed.Number} 7")));
        // A telephone alone is no way: what an SMS points to has to open.
        Assert.Equal(RefusalCodes.UpdateUnreachable,
            (await visit.SendUpdate(new SendUpdate(Feed.NewId(), Feed.Nurse, feed.Now, "delay", null, null))).Refusal?.Code);
        await Linked(feed, visit);
        await visit.SendUpdate(new SendUpdate(Feed.NewId(), Feed.Nurse, feed.Now, "delay", null, null));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        var care = await Eventually.See("the update gone", async () => (await visit.Read())!.Care, c => c.Updates[0].State == UpdateState.Gone,
            c => $"{c.Updates[0].State}");
        Assert.Single(cluster.Sms.Sent, m => m.To.Contains(feed.Number, StringComparison.Ordinal));
        Assert.Equal(2, care.Updates[0].Deliveries.Count(d => d is { Channel: "sms", State: DeliveryState.Delivered }));
    }

    [Fact]
    public async Task What_stands_on_the_family_page_is_told_when_it_is_read_there_and_once()
    {
        var (feed, visit) = await Arrived();
        var contact = Contact(null, null);
        var key = new FamilyKey(Convert.ToHexString(SHA256.HashData([4, 5, 6])));
        await visit.SetContact(new SetContact(Feed.NewId(), Feed.Nurse, feed.Now, contact));
        await visit.SetCodeWord(new SetCodeWord(Feed.NewId(), Feed.Nurse, feed.Now, "Bluebird"));
        await visit.IssueLink(new IssueLink(Feed.NewId(), Feed.Nurse, feed.Now, contact.Id, key.SecretHash));
        var open = await visit.FamilyPage(Feed.NewId(), key, "bluebird", null);
        await visit.SendUpdate(new SendUpdate(Feed.NewId(), Feed.Nurse, feed.Now, "delay", null, null));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        await Eventually.See("the update on the page", async () => (await visit.Read())!.Care.Updates[0], u => u.State == UpdateState.Gone,
            u => $"{u.State}");
        Assert.Null((await visit.Read())!.Row.Family.LastToldAt);
        Assert.Single((await visit.FamilyPage(Feed.NewId(), key, null, open.Session)).View!.Messages);
        var read = (await visit.Read())!;
        Assert.Equal((DeliveryState.Delivered, read.Row.Family.LastToldAt),
            (Assert.Single(read.Care.Updates[0].Deliveries).State, read.Care.Updates[0].ToldAt));
        Assert.NotNull(read.Row.Family.LastToldAt);
        await visit.FamilyPage(Feed.NewId(), key, null, open.Session);
        Assert.Equal(read.Row.Version, (await visit.Read())!.Row.Version);
    }

    [Fact]
    public async Task The_family_page_opens_with_link_and_code_word_and_closes_with_a_lock()
    {
        var (feed, visit) = await Arrived();
        var contact = Contact(null, null);
        var key = new FamilyKey(Convert.ToHexString(SHA256.HashData([1, 2, 3])));
        await visit.SetContact(new SetContact(Feed.NewId(), Feed.Nurse, feed.Now, contact));
        await visit.SetCodeWord(new SetCodeWord(Feed.NewId(), Feed.Nurse, feed.Now, "Bluebird"));
        await visit.IssueLink(new IssueLink(Feed.NewId(), Feed.Nurse, feed.Now, contact.Id, key.SecretHash));
        Assert.Equal(FamilyDoor.NoSuchLink, (await visit.FamilyPage(Feed.NewId(), new FamilyKey("00"), "bluebird", null)).Door);
        Assert.Equal(FamilyDoor.CodeWordNeeded, (await visit.FamilyPage(Feed.NewId(), key, null, null)).Door);
        Assert.Equal(FamilyDoor.Wrong, (await visit.FamilyPage(Feed.NewId(), key, "sparrow", null)).Door);
        var open = await visit.FamilyPage(Feed.NewId(), key, " bluebird ", null);
        Assert.Equal((FamilyDoor.Open, "Person", Steps.Arrived), (open.Door, open.View!.Name, open.View.Status));
        Assert.Equal(FamilyDoor.Open, (await visit.FamilyPage(Feed.NewId(), key, null, open.Session)).Door);
        Assert.NotEqual(FamilyDoor.Open, (await visit.FamilyPage(Feed.NewId(), key, null, open.Session![..^1] + "!")).Door);
        await visit.SetLock(new SetLock(Feed.NewId(), Feed.Nurse, feed.Now, PrivacyLock.Safety, true, "threatened"));
        Assert.Equal(FamilyDoor.NoSuchLink, (await visit.FamilyPage(Feed.NewId(), key, null, open.Session)).Door);
    }

    [Fact]
    public async Task Too_many_wrong_code_words_lock_the_check_for_a_while_wherever_they_come_from()
    {
        var (feed, visit) = await Arrived();
        await visit.SetCodeWord(new SetCodeWord(Feed.NewId(), Feed.Nurse, feed.Now, "Bluebird"));
        for (var i = 0; i < 4; i++) Assert.Equal(CodeWordCheck.Wrong, (await Say("sparrow")).Result);
        Assert.Equal(CodeWordCheck.Locked, (await Say("sparrow")).Result);
        var locked = await Say("bluebird");
        Assert.Equal((CodeWordCheck.Locked, feed.Now.AddMinutes(15)), (locked.Result, locked.LockedUntil!.Value));
        cluster.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal((CodeWordCheck.Right, Consent.Progress), ((await Say("bluebird")).Result, (await Say("bluebird")).MayHear));

        Task<CodeWordChecked> Say(string word) => visit.CheckCodeWord(Feed.NewId(), Feed.Nurse, null, word);
    }

    [Fact]
    public async Task A_links_visit_is_opened_by_any_silo_for_its_own_secret_alone_and_two_links_of_a_visit_have_nothing_in_common()
    {
        var (links, visit) = (cluster.Grains.GetGrain<IFamilyLinksGrain>(0), new VisitId(Guid.NewGuid()));
        var (one, other) = (Hash([1]), Hash([2]));
        var (sealedOnce, sealedTwice) = (await links.Seal(visit, one), await links.Seal(visit, other));
        Assert.Equal(visit, await links.Open(sealedOnce, one));
        Assert.Null(await links.Open(sealedOnce, other));
        Assert.Null(await links.Open([.. sealedOnce.Select((b, i) => i == 3 ? (byte)(b ^ 1) : b)], one));
        Assert.Null(await links.Open([], one));
        Assert.False(sealedOnce.AsSpan().IndexOf(visit.Value.ToByteArray().AsSpan(0, 4)) >= 0);
        Assert.NotEqual(sealedOnce.Take(16), sealedTwice.Take(16));
        foreach (var silo in cluster.Silos)
            Assert.Equal(cluster.Silos[0].ServiceProvider.GetRequiredService<HouseKey>().For("x"),
                silo.ServiceProvider.GetRequiredService<HouseKey>().For("x"));

        static string Hash(byte[] secret) => Convert.ToHexString(SHA256.HashData(secret));
    }

    [Fact]
    public async Task The_waiting_room_shows_codes_and_nobody_behind_a_lock()
    {
        var (feed, visit) = await Arrived();
        var room = await Eventually.See("one code", () => cluster.Board(feed.Unit).WaitingRoom(), r => r.Lines.Length == 1,
            r => $"{r.Lines.Length} codes");
        Assert.Equal((await visit.Read())!.Care.WaitingRoomCode, room.Lines[0].Code);
        // Another silo makes the same: the secret is the house's.
        foreach (var silo in cluster.Silos)
            Assert.Equal(room.Lines[0].Code,
                WaitingRoomCodes.CodeFor((await visit.Read())!.Row.Visit, feed.Unit, silo.ServiceProvider.GetRequiredService<Policy>(),
                    cluster.Clock.GetUtcNow()));
        await visit.SetLock(new SetLock(Feed.NewId(), Feed.Nurse, feed.Now, PrivacyLock.NoInformation, true, null));
        await Eventually.See("no code", () => cluster.Board(feed.Unit).WaitingRoom(), r => r.Lines.IsEmpty, r => $"{r.Lines.Length} codes");
    }

    [Fact]
    public async Task A_board_says_when_it_was_last_sure_that_nothing_is_overdue()
    {
        var (feed, _) = await Arrived();
        using var watcher = new Watcher(cluster, feed.Unit);
        var snapshot = await watcher.Start();
        Assert.NotNull(snapshot.AlertsCheckedAt);
        cluster.Clock.Advance(TimeSpan.FromSeconds(16));
        await Eventually.See("a later heartbeat", () => Task.FromResult(watcher.Deltas()),
            d => d.Any(x => x.AlertsCheckedAt > snapshot.AlertsCheckedAt), d => $"{d.Length} deltas");
    }

    [Fact]
    public async Task A_call_becomes_a_question_on_the_right_visit_once()
    {
        var (feed, visit) = await Arrived();
        var line = cluster.Grains.GetGrain<IHotlineGrain>(HotlineKeys.All);
        var ring = Feed.NewId();
        await line.Ring(new Ring(ring, Actor.System, feed.Now, "Kin Invented", "555-0100"));
        await line.Answer(new Answer(Feed.NewId(), Feed.Nurse, feed.Now, ring.Value));
        var ask = new AskOnVisit(Feed.NewId(), Feed.Nurse, feed.Now, ring.Value, await feed.Visit(), QuestionKind.Billing, "What does it cost?");
        Assert.Equal(OutcomeKind.Accepted, (await line.AskOnVisit(ask)).Kind);
        await line.AskOnVisit(ask);
        var question = Assert.Single((await visit.Read())!.Care.Questions);
        Assert.Equal(question.Id, (await line.Read()).Calls.Single(c => c.Id == ring.Value).Question);
    }

    [Fact]
    public async Task Shifts_say_who_is_on_duty_and_survive_their_grain()
    {
        var staff = cluster.Grains.GetGrain<IStaffGrain>(StaffKeys.All);
        var unit = "U" + Guid.NewGuid().ToString("N")[..6];
        var now = cluster.Clock.GetUtcNow();
        await staff.Enrol(Feed.NewId(), Feed.Nurse, new StaffMember(Kim.Id, Kim.Name, [StaffRoles.Nurse], [unit]));
        await staff.BeginShift(Feed.NewId(), Feed.Nurse, new Shift(Kim, StaffRoles.Nurse, unit, now, now.AddHours(12)));
        Assert.Equal(RefusalCodes.ShiftOutOfRange,
            (await staff.BeginShift(Feed.NewId(), Feed.Nurse, new Shift(Kim, StaffRoles.Nurse, unit, now, now.AddHours(-1)))).Refusal?.Code);
        await cluster.StopSilo(cluster.Silos[^1]);
        await cluster.StartSilo();
        Assert.Equal("Nurse Kim",
            Assert.Single(await Eventually.See("the shift", () => staff.OnDuty(unit), s => s.Length == 1, s => $"{s.Length}")).Who.Name);
    }

    /// <summary>The page that an SMS points to can be opened.</summary>
    private static async Task Linked(Feed feed, IVisitGrain visit)
    {
        await visit.SetCodeWord(new SetCodeWord(Feed.NewId(), Feed.Nurse, feed.Now, "bluebird"));
        foreach (var contact in (await visit.Read())!.Care.Contacts)
            await visit.IssueLink(new IssueLink(Feed.NewId(), Feed.Nurse, feed.Now, contact.Id, Feed.NewId().Value.ToString("N")));
    }

    private async Task<(Feed, IVisitGrain)> Arrived()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive());
        return (feed, cluster.Visit(await feed.Visit()));
    }

    private static AskQuestion Ask(Feed feed, Person owner, QuestionKind kind) =>
        new(Feed.NewId(), Feed.Nurse, feed.Now, new Asker(AskerKind.Family, "Kin Invented"), kind, "When is the scan?", owner, null);

    private static ContactCard Contact(string? email, string? phone) =>
        new(Guid.NewGuid(), "Kin Invented", "sister", 1, "es", email, phone, Consent.Progress, true);

    private Task<AlertView?> Alert(Feed feed, Func<AlertView?, bool> expected) => Eventually.See(
        "the expected triage alert", async () => (await cluster.Board(feed.Unit).Read()).Rows.Single(r => r.Number == feed.Number).Alerts
            .SingleOrDefault(a => a.Rule == "ed.triage"), expected,
        a => a is null ? "none" : $"{a.State} {a.EscalatedTo}");
}
