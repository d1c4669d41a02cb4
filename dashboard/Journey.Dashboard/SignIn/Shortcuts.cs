using Journey.Dashboard.Parts;

namespace Journey.Dashboard.SignIn;

/// <summary>Whether letters are shortcuts for who is at this screen; kept for each person, in this browser.</summary>
public sealed class Shortcuts
{
    private const string Key = "journey.shortcuts/";
    private const string Off = "off";
    private readonly Browser _browser;
    private readonly Person _person;

    public Shortcuts(Browser browser, Person person)
    {
        (_browser, _person) = (browser, person);
        person.Changed += () => _ = Load();
    }

    public bool On { get; private set; } = true;

    public async Task Load()
    {
        On = await _browser.Read(Key + _person.Name) != Off;
        await _browser.SetLetterKeys(On);
    }

    public async Task Turn(bool on)
    {
        On = on;
        await _browser.Store(Key + _person.Name, on ? null : Off);
        await _browser.SetLetterKeys(on);
    }
}
