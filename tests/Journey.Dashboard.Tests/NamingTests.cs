using Journey.Api;
using Journey.Dashboard.Commands;
using Journey.Dashboard.Families;
using Journey.Dashboard.Sheets;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Tests;

/// <summary>Two people may share a bed: whatever is recorded names whom it is about, and where they are.</summary>
public class NamingTests
{
    private static readonly BoardRow Row = Rows.Here("Shared, Sven", "1", "R") with
    {
        Alerts = [new(Guid.NewGuid(), "ed.triage", "touchpoint", "Triage", "critical", "raised", Rendered.Now, Rendered.Now, null, null, null, null,
            null, null)],
    };
    private static readonly Subject About = Subject.From(Row);
    private static readonly Question Asked =
        new(Guid.NewGuid(), "clinical", "answered", new Asker("family"), "How long?", null, Rendered.Now, null, "Soon", null, null, null,
            null, null, 0);
    private static readonly Contact Kin = new(Guid.NewGuid(), "Kin, Karl", null, 1, null, null, null, "progress", false, false, false);

    [Fact]
    public void Every_toast_says_whom_and_where()
    {
        Intent[] intents =
        [
            Intent.Step(Row, "seen"), Intent.Left(Row, "home", null), Intent.Verify(Row, "here"), Intent.Verify(Row, "place"), Intent.Contact(Row),
            Intent.Acuity(Row, 2), Intent.Assign(Row, "nurse", "Nora"),
            Intent.Assign(Row, "nurse", null), Intent.Told(Row), Intent.Waiting(Row), Intent.Acknowledge(About, Guid.NewGuid(), "Triage"),
            Intent.Snooze(Row, Row.Alerts[0], Rendered.Now, "Away"),
            Intent.Resolve(Row, Row.Alerts[0], null), Intent.Undo(About, Guid.NewGuid(), "Acuity 2"),
            Intent.Undo(Row.VisitId, Guid.NewGuid(), Intent.Contact(Row).Says), CareIntent.Answer(About, Guid.NewGuid(), null),
            CareIntent.Offer(About, new("Nora", null, "nurse")), CareIntent.Lock(About, "safety", true, null),
            CareIntent.Recall(About, Guid.NewGuid()),
        ];
        Assert.All(intents, intent => Assert.Contains("Shared, Sven (bed R-1)", intent.Says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_sheet_says_whom_and_where()
    {
        var done = ("Done", (object?)default(Microsoft.AspNetCore.Components.EventCallback));
        string[] sheets =
        [
            await Rendered.Html<TellSheet>(("Row", Row), done), await Rendered.Html<WaitingSheet>(("Row", Row), done),
            await Rendered.Html<AcuitySheet>(("Row", Row), done),
            await Rendered.Html<AssignSheet>(("Ask", new Sheet.Assign(Row, "nurse")), done),
            await Rendered.Html<AlertSheet>(("Row", Row), ("Alert", Row.Alerts[0]), done), await Rendered.Html<LeftSheet>(("Row", Row), done),
            await Rendered.Html<DoubtsSheet>(("Row", Row), done), await Rendered.Html<AskSheet>(("Ask", new Sheet.Ask(About, [])), done),
            await Rendered.Html<SatisfiedSheet>(("Ask", new Sheet.Satisfied(About, Asked)), done),
            await Rendered.Html<PromiseSheet>(("About", About), done), await Rendered.Html<NeedSheet>(("Ask", new Sheet.Need(About, [])), done),
            await Rendered.Html<OfferSheet>(("About", About), done),
            await Rendered.Html<ContactSheet>(("Ask", new Sheet.EditContact(About, Kin, 1)), done),
            await Rendered.Html<CallerSheet>(("Ask", new Sheet.Caller(About, [])), done),
            await Rendered.Html<LinkSheet>(("Ask", new Sheet.Link(About, Kin)), done),
            await Rendered.Html<UpdateSheet>(("About", About), ("Care", new Care()), done), await Rendered.Html<RoundSheet>(("About", About), done),
            await Rendered.Html<LifeEventSheet>(("About", About), done), await Rendered.Html<PulseSheet>(("About", About), done),
            await Rendered.Html<FreeTextSheet>(
                ("Ask", CareSheets.Withdraw(About, why => CareIntent.WithdrawQuestion(About, Guid.NewGuid(), why), null)), done),
            await Rendered.Html<FreeTextSheet>(("Ask", CareSheets.CodeWord(About)), done),
        ];
        Assert.All(sheets, sheet => Assert.Contains("Shared, Sven (bed R-1)",
            Rendered.Text(sheet[..sheet.IndexOf("</h2>", StringComparison.Ordinal)]), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", null, "Here, Hanna (bed 1)"), InlineData(null, "FT", "Here, Hanna (FT)"), InlineData("", "", "Here, Hanna")]
    public void A_place_is_named_as_far_as_it_is_known(string? bed, string? room, string who) =>
        Assert.Equal(who, Say.Who(Rows.Here("Here, Hanna", bed, room)));

    [Fact]
    public void A_confidential_name_is_withheld_even_where_the_page_was_opened_for_it()
    {
        var row = Rows.Here("Secret, Sina", "1");
        Assert.Equal("Confidential (bed 1)", Say.Who(row with { Patient = row.Patient with { Confidential = true } }));
        Assert.Equal("bed 1", Say.Who(row with { Patient = new("", null, null, null) })); // Whoever needs no names.
    }

    [Fact]
    public void Across_units_the_unit_stands_beside_the_bed()
    {
        var owed = new Owed(Guid.NewGuid(), "question", "clinical", "open", null, Rendered.Now, null);
        Assert.Equal("Shared, Sven (ED, bed 1)", Subject.From(new ListItem(Guid.NewGuid(), "ED", null, "1", Row.Patient, owed, null, null))?.Who);
        Assert.Equal("Shared, Sven (ED)", Subject.From(new ListItem(Guid.NewGuid(), "ED", null, null, Row.Patient, owed, null, null))?.Who);
    }
}
