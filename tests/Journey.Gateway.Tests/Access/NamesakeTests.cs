using System.Net;

namespace Journey.Gateway.Tests.Access;

/// <summary>A name is for eyes. Whose a patient is, is told by what the hospital tells its employees apart by.</summary>
public sealed class NamesakeTests(SignedInHost journey)
{
    private static readonly Somebody Administrator = Somebody.As("administrator");

    [Fact]
    public async Task A_part_in_a_visit_is_the_employees_and_no_namesakes()
    {
        var (guest, visit) = await Hidden();
        var nora = Called("Nora Invented", "ELSEWHERE");
        await journey.SignsIn(nora);
        await Give(guest, visit, "nora  invented");
        await Read(nora, visit, HttpStatusCode.OK);
        await journey.Read<Api.OwedList>(nora, Api.Paths.Lists + "?addressee=Nora%20Invented");

        var namesake = Called("Nora Invented", "ELSEWHERE");
        foreach (var other in new[] { namesake, namesake with { Sub = "staff/nora-invented" }, namesake with { Sub = "employee/" + nora.Employee },
            namesake with { Sub = nora.Employee } })
        {
            await Read(other, visit, HttpStatusCode.NotFound);
            await Read(other, visit + "/timeline", HttpStatusCode.NotFound);
            using var changed = await journey.Say(other, visit + "/touchpoints", new { kind = "contact" });
            Assert.Equal(HttpStatusCode.NotFound, changed.StatusCode);
        }
    }

    [Fact]
    public async Task Somebody_who_was_only_named_opens_nothing_to_whoever_signs_in_by_that_name()
    {
        var (guest, visit) = await Hidden();
        await Give(guest, visit, "Tova Invented");
        var tova = Called("Tova Invented", "ELSEWHERE");
        await journey.SignsIn(tova);
        await Read(tova, visit, HttpStatusCode.NotFound);
        // Given to them now, it is theirs.
        await Give(guest, visit, "Nobody Else");
        await Give(guest, visit, "Tova Invented");
        await Read(tova, visit, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_employees_of_one_name_the_identifier_says_which()
    {
        var (guest, visit) = await Hidden();
        var (one, other) = (Called("Mika Invented", "ELSEWHERE"), Called("Mika Invented", "FAR"));
        await journey.SignsIn(one);
        await journey.SignsIn(other);
        using (var unclear = await Assign(guest, visit, "Mika Invented"))
            Assert.Equal((HttpStatusCode.Conflict, "person-ambiguous"), (unclear.StatusCode, await SignedInHost.Code(unclear)));
        await Give(guest, visit, "employee/" + other.Employee);
        await Read(other, visit, HttpStatusCode.OK);
        await Read(one, visit, HttpStatusCode.NotFound);
        var row = Assert.Single((await journey.Read<Api.Board>(Charge(guest), $"{Api.Paths.Units}/{guest.Unit}/board")).Rows);
        Assert.Equal("Mika Invented", row.Nurse);
    }

    [Fact]
    public async Task Whoever_the_sign_in_does_not_tell_apart_has_a_part_in_nothing()
    {
        var (guest, visit) = await Hidden();
        var unknown = Called("Ulla Invented", "ELSEWHERE") with { Employee = "" };
        await Give(guest, visit, "Ulla Invented");
        await Read(unknown, visit, HttpStatusCode.NotFound);
    }

    [Theory, InlineData("employee/"), InlineData("account/"), InlineData("staff/")]
    public async Task No_message_says_who_of_those_who_sign_in_has_a_part(string of)
    {
        var who = Called("Wilma Invented", "ELSEWHERE") with { Employee = of == "account/" ? "" : "E-" + Guid.NewGuid().ToString("N") };
        var guest = await journey.Comes(confidential: true, bed: "1");
        var said = of switch { "account/" => of + who.Sub, "staff/" => of + "wilma-invented", _ => of + who.Employee };
        await journey.Send(guest.Message("A08", "PD1||||||||||||Y\r", bed: "1")
            .Replace("77^Stone^Ada^^^Dr", $"{said}^Invented^Wilma", StringComparison.Ordinal));
        await Read(who, $"{Api.Paths.Visits}/{guest.VisitId}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_administrator_says_which_employee_somebody_is_before_they_have_signed_in()
    {
        var (guest, visit) = await Hidden();
        var vera = Called("Vera Invented", "ELSEWHERE");
        using (var added = await journey
            .Say(Administrator, Api.Paths.Staff,
                new { name = vera.Name, employee = vera.Employee, roles = (string[])["nurse"], units = Array.Empty<string>() }))
            Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        await Give(guest, visit, vera.Name);
        await Read(vera, visit, HttpStatusCode.OK);
        Assert.Equal(vera.Employee, (await journey.Read<Api.StaffMember[]>(Administrator, Api.Paths.Staff))
            .Single(m => m.Name == vera.Name).Employee);
    }

    [Fact]
    public async Task Nobody_reviews_their_own_glass_and_a_namesake_may()
    {
        var guest = await journey.Comes();
        var both = new Somebody("Pia Invented", ["nurse", "privacy-officer"], ["ELSEWHERE"]);
        using (await journey.Say(both, $"{Api.Paths.Visits}/{guest.VisitId}/glass", new { reason = "emergency", note = "Nobody else is here." })) { }
        var grant = Assert.Single((await journey.Read<Api.GlassList>(both, Api.Paths.Glass)).Entries, e => e.VisitId == guest.VisitId).Grant;
        using (var own = await Review(both with { Name = "Somebody Different" })) Assert.Equal("glass-own", await SignedInHost.Code(own));
        using (var namesake = await Review(Called("Pia Invented", "ELSEWHERE") with { Roles = ["privacy-officer"] }))
            Assert.Equal(HttpStatusCode.OK, namesake.StatusCode);

        Task<HttpResponseMessage> Review(Somebody who) => journey.Say(who, $"{Api.Paths.Glass}/{grant}/review", new { verdict = "justified" });
    }

    private async Task<(Hosts.Guest Guest, string Visit)> Hidden()
    {
        var guest = await journey.Comes(confidential: true, bed: "1");
        return (guest, $"{Api.Paths.Visits}/{guest.VisitId}");
    }

    private static Somebody Called(string name, string unit) => new(name, ["nurse"], [unit]);

    private static Somebody Charge(Hosts.Guest guest) => Somebody.As("charge-nurse", guest.Unit);

    private async Task Give(Hosts.Guest guest, string visit, string name)
    {
        using var given = await Assign(guest, visit, name);
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
    }

    private Task<HttpResponseMessage> Assign(Hosts.Guest guest, string visit, string name) =>
        journey.Say(Charge(guest), visit + "/assignments", new { role = "nurse", name });

    private async Task Read(Somebody who, string path, HttpStatusCode expected)
    {
        using var answer = await journey.Ask(who, path);
        Assert.Equal(expected, answer.StatusCode);
    }
}
