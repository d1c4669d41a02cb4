using System.Net;
using System.Text.Json;
using Journey.Gateway.Tests.Hosts;

namespace Journey.Gateway.Tests.Access;

/// <summary>
/// A lock that staff set on one visit, as every view of the person's other visits has it: of one that is open beside it, and of one that begins
/// later.
/// </summary>
public sealed class PersonLockTests(SignedInHost journey)
{
    [Theory]
    [InlineData("safety", false)]
    [InlineData("safety", true)]
    [InlineData("confidential", false)]
    [InlineData("confidential", true)]
    [InlineData("no-information", false)]
    [InlineData("no-information", true)]
    public async Task A_lock_hides_every_visit_of_the_person_on_every_view(string which, bool beginsLater)
    {
        var here = await Begins(new Guest(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), StandaloneHostFixture.Fresh("U"),
            StandaloneHostFixture.Fresh("Verborgen"), "Erika"), hoursAgo: 1);
        var other = here with { Visit = StandaloneHostFixture.Fresh("V"), Unit = StandaloneHostFixture.Fresh("U") };
        if (!beginsLater) other = await Begins(other);
        await Lock(here, which, true);
        if (beginsLater) other = await Begins(other);
        var (charge, nurse, liaison, desk) =
            (Somebody.As("charge-nurse", other.Unit), Somebody.As("nurse", other.Unit), Somebody.As("family-liaison", other.Unit),
                Somebody.As("family-liaison", "*"));
        await StandaloneHostFixture.Eventually(
            () => journey.Read<Api.Visit>(charge, $"{Api.Paths.Visits}/{other.VisitId}"), visit => visit.Care.Locks.Contains(which),
            "the lock on the other visit");
        await Alarm(other, charge);

        await Never($"{Api.Paths.Units}/{other.Unit}/wall", Somebody.As("wall-display", other.Unit), "Erika", "the wall");
        foreach (var who in new[] { nurse, charge, liaison, desk })
            Assert.Empty(await journey.Read<Api.FoundVisit[]>(who, $"{Api.Paths.Patients}?query={other.Family}"));
        // The hotline: whoever asks for them hears nothing, with the right word or without.
        foreach (var word in new[] { "bluebird", "sparrow" })
        {
            using var answer = await journey.Say(charge, $"{Api.Paths.Visits}/{other.VisitId}/family/code-word/check", new { word });
            Assert.Equal("nothing", JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement
                .GetProperty("mayHear").GetString());
        }

        // Who did not ask to be known to nobody outside is known to the unit; the two others are known to who is in charge alone.
        var isWithheld = which != "no-information";
        var secrets = new[] { other.Family, "Erika", other.Patient, other.Visit, "1970-05-04" };
        var board = await Settled($"{Api.Paths.Units}/{other.Unit}/board", nurse,
            text => text.Contains("\"withheld\":true", StringComparison.Ordinal) == isWithheld
                && text.Contains("\"rows\":[{", StringComparison.Ordinal), "the board");
        foreach (var secret in secrets) Assert.Equal(!isWithheld, board.Contains(secret, StringComparison.Ordinal));
        var alerts = await Settled(Api.Paths.Alerts, nurse, text => text.Contains(other.VisitId.ToString(), StringComparison.Ordinal) != isWithheld,
            "the alerts");
        if (isWithheld) foreach (var secret in secrets) Assert.DoesNotContain(secret, alerts, StringComparison.Ordinal);
        foreach (var path in new[] { "", "/timeline" })
        {
            using var answer = await journey.Ask(nurse, $"{Api.Paths.Visits}/{other.VisitId}{path}");
            Assert.Equal(isWithheld ? HttpStatusCode.Forbidden : HttpStatusCode.OK, answer.StatusCode);
        }

        // Lifted there it is lifted here.
        await Lock(other, which, false);
        foreach (var guest in new[] { here, other })
            await StandaloneHostFixture.Eventually(async () =>
                (await journey.Read<Api.FoundVisit[]>(Somebody.As("nurse", guest.Unit), $"{Api.Paths.Patients}?query={guest.Family}"))
                .Select(f => f.VisitId), found => found.Contains(guest.VisitId), "the visit in the search again");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_feeds_flag_and_the_lock_of_staff_lift_each_on_its_own(bool isLockLiftedFirst)
    {
        var guest = await journey.Comes(confidential: true, bed: "1", family: StandaloneHostFixture.Fresh("Verborgen"));
        await Lock(guest, "safety", true);
        var nurse = Somebody.As("nurse", guest.Unit);
        if (isLockLiftedFirst) await Lock(guest, "safety", false); else await Unflag();
        await Settled($"{Api.Paths.Units}/{guest.Unit}/board", nurse, text => text.Contains("\"withheld\":true", StringComparison.Ordinal),
            "still withheld");
        Assert.Empty(await journey.Read<Api.FoundVisit[]>(nurse, $"{Api.Paths.Patients}?query={guest.Family}"));
        if (isLockLiftedFirst) await Unflag(); else await Lock(guest, "safety", false);
        await Settled($"{Api.Paths.Units}/{guest.Unit}/board", nurse, text => text.Contains(guest.Family, StringComparison.Ordinal), "known again");

        async Task Unflag() => await journey.Send(guest.Message("A08", "PD1||||||||||||N\r", bed: "1"));
    }

    private async Task<Guest> Begins(Guest guest, int hoursAgo = 0)
    {
        var at = DateTimeOffset.UtcNow.AddHours(-hoursAgo).ToString("yyyyMMddHHmmss", null);
        await journey.Send(System.Text.RegularExpressions.Regex.Replace(guest.Message("A04", bed: "2"), "EVN\\|\\|[0-9]+", "EVN||" + at));
        return guest with { VisitId = await journey.ByNumber(guest.Visit) };
    }

    private async Task Lock(Guest guest, string which, bool on)
    {
        using var set = await journey.Say(Somebody.As("charge-nurse", guest.Unit), $"{Api.Paths.Visits}/{guest.VisitId}/family/locks",
            new { @lock = which, on, reason = "Somebody asks for them" });
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
    }

    /// <summary>Somebody guesses the code word: an alert of the visit's for the unit.</summary>
    private async Task Alarm(Guest guest, Somebody who)
    {
        using (var set = await journey.Say(who, $"{Api.Paths.Visits}/{guest.VisitId}/family/code-word", new { word = "Bluebird" }))
            Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await journey.Say(who, $"{Api.Paths.Visits}/{guest.VisitId}/family/code-word/check", new { word = "magpie" });
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        await Settled(Api.Paths.Alerts, who, text => text.Contains(guest.VisitId.ToString(), StringComparison.Ordinal),
            "the alert, to who is in charge");
    }

    private Task<string> Settled(string path, Somebody who, Func<string, bool> so, string what) =>
        StandaloneHostFixture.Eventually(async () => (await journey.Read<JsonElement>(who, path)).GetRawText(), so, what);

    private Task Never(string path, Somebody who, string text, string what) =>
        Settled(path, who, seen => !seen.Contains(text, StringComparison.Ordinal), what);
}
