using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Journey.Browser.Tests;

/// <summary>A patient's relative with a telephone: on record, with the patient's code word and a link to the family page.</summary>
internal sealed class Kin(Hospital hospital, Guid visit, string path)
{
    public const string CodeWord = "lily pond";
    private readonly Guid _contact = Guid.NewGuid();

    public Guid Visit => visit;
    public string Link { get; private set; } = path;

    public static async Task<Kin> OnRecord(Hospital hospital, Guid visit, string consent = "progress", string? language = null,
        string name = "Rosa Verlauf")
    {
        var kin = new Kin(hospital, visit, "");
        await kin.MayHear(consent, language, name);
        await hospital.Record(visit, "family/code-word", new { word = CodeWord });
        kin.Link = (await hospital.Post($"api/v1/visits/{visit}/family/contacts/{kin._contact}/link", new { })).GetProperty("path").GetString()!;
        return kin;
    }

    public Task MayHear(string consent, string? language = null, string name = "Rosa Verlauf") =>
        hospital.Record(visit, "family/contacts", new { id = _contact, name, relation = "Sister", consent, language, spokesperson = true });

    /// <summary>As far as the door.</summary>
    public async Task<IPage> Knock(IBrowserContext person)
    {
        var phone = await person.NewPageAsync();
        await phone.GotoAsync(new Uri(hospital.Address, Link).ToString());
        await Expect(phone.Locator("#door")).ToBeVisibleAsync();
        return phone;
    }

    /// <summary>Through the door, live.</summary>
    public async Task<IPage> Enter(IBrowserContext person)
    {
        var phone = await Knock(person);
        await Say(phone, CodeWord);
        await Expect(phone.Locator("body[data-live=true] #page")).ToBeVisibleAsync();
        return phone;
    }

    public static async Task Say(IPage phone, string word)
    {
        await phone.Locator("#code-word").FillAsync(word);
        await phone.Locator("#door-form button").ClickAsync();
    }
}
