using Journey.Api;
using Journey.Dashboard.Commands;
using Journey.Dashboard.Families;
using Journey.Dashboard.Sheets;
using Microsoft.AspNetCore.Components;

namespace Journey.Dashboard.Tests;

/// <summary>Whom an update reaches is said before it is written, and what became of it afterwards.</summary>
public class FamilyUpdateTests
{
    private static readonly Contact Karl = new(Guid.NewGuid(), "Kin, Karl", "brother", 1, null, null, "555-0100", "progress", true, false, false);
    private static readonly Contact Klara =
        Karl with { Id = Guid.NewGuid(), Name = "Kin, Klara", Relation = "sister", Order = 2, Spokesperson = false };
    private static readonly BoardRow Row = Rows.Here("Here, Hanna", "1");
    private static readonly (string, object?) Done = ("Done", default(EventCallback)), About = ("About", Subject.From(Row));

    [Fact]
    public async Task The_sheet_says_beforehand_whom_it_does_not_reach_and_lets_nobody_write_to_nobody()
    {
        var one = await Sheet(new Care { Contacts = [Karl, Klara], Unreachable = [new(Klara.Id, "no link or e-mail")] });
        Assert.Contains("It does not reach Kin, Klara: no link or e-mail.", one, StringComparison.Ordinal);
        Assert.DoesNotContain("It would reach nobody", one, StringComparison.Ordinal);
        var none = await Sheet(new Care
        {
            Contacts = [Karl with { Consent = "condition" }, Klara],
            Unreachable = [new(Klara.Id, "no link or e-mail")]
        });
        Assert.Contains("It does not reach Kin, Karl: they may hear one word of condition at most.", none, StringComparison.Ordinal);
        Assert.Contains("It would reach nobody", none, StringComparison.Ordinal);

        static async Task<string> Sheet(Care care) => Rendered.Text(await Rendered.Html<UpdateSheet>(About, ("Care", care), Done));
    }

    [Fact]
    public async Task What_became_of_an_update_is_said_contact_by_contact()
    {
        var sent = Update("gone", new(Karl.Id, "sms", "delivered", 1, Rendered.Now, null),
            new(Klara.Id, "sms", "delivered", 1, Rendered.Now, null) { With = Karl.Id }, new(Klara.Id, "page", "waiting", 0, Rendered.Now, null));
        var text = await Item(sent with { ToldAt = Rendered.Now });
        Assert.Contains("Has left · told", text, StringComparison.Ordinal);
        Assert.Contains("Kin, Klara, SMS (with Kin, Karl: the same number): delivered", text, StringComparison.Ordinal);
        Assert.Contains("Kin, Klara, family page: not read yet", text, StringComparison.Ordinal);
        Assert.Contains("Has reached nobody: tell them yourself",
            await Item(Update("gone", new Delivery(Karl.Id, "sms", "failed", 1, Rendered.Now, "the SMS gateway said 400"))),
            StringComparison.Ordinal);
        Assert.Contains("Is on its way", await Item(Update("leaving", new Delivery(Karl.Id, "sms", "trying", 1, Rendered.Now, null))),
            StringComparison.Ordinal);

        static FamilyUpdate Update(string state, params Delivery[] deliveries) =>
            new(Guid.NewGuid(), null, "He rests", [], "Nora", Rendered.Now, Rendered.Now, state, deliveries);
        static async Task<string> Item(FamilyUpdate update) =>
            Rendered.Text(await Rendered.Html<UpdateItem>(About, ("Update", update), ("Contacts", (IReadOnlyList<Contact>)[Karl, Klara])));
    }

    [Fact]
    public async Task A_family_to_whom_word_is_on_its_way_is_nobodys_errand_until_it_did_not_arrive()
    {
        var waiting = new Family(Rendered.Now.AddMinutes(-20), "brother", null, null, null, null, false, []);
        Assert.Equal((Urgency.Waiting, Urgency.Soon),
            (Worklist.UrgencyOf(waiting, Rendered.Now), Worklist.UrgencyOf(waiting with { OnItsWaySince = Rendered.Now }, Rendered.Now)));
        var alert = new Alert(Guid.NewGuid(), "family.unreached", "family", "An update did not reach the family", "warning", "raised", Rendered.Now,
            Rendered.Now, null, null, null, null, null, null)
        { Whom = "brother (spokesperson)" };
        Assert.Contains("It did not reach: brother (spokesperson).",
            Rendered.Text(await Rendered.Html<AlertSheet>(("Row", Row with { Alerts = [alert] }), ("Alert", alert), Done)), StringComparison.Ordinal);
    }
}
