using Journey.Dashboard.Parts;

namespace Journey.Dashboard.SignIn;

/// <summary>Whether letters are shortcuts for who is at this screen; kept for each person, in this browser.</summary>
public sealed class Shortcuts
{
    private const string Key = "journey.shortcuts/";
    private const string Off = "off";
    private readonly Browser browser;
    private readonly Person person;

    public Shortcuts(Browser browser, Person person)
    {
        (this.browser, this.person) = (browser, person);
        person.Changed += () => _ = Load();
    }

    public bool On { get; private set; } = true;

    public async Task Load()
    {
        On = await browser.Read(Key + person.Name) != Off;
        await browser.SetLetterKeys(On);
    }

    public async Task Turn(bool on)
    {
        On = on;
        await browser.Store(Key + person.Name, on ? null : Off);
        await browser.SetLetterKeys(on);
    }
}
