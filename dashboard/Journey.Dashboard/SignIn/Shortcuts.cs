using Journey.Dashboard.Parts;

namespace Journey.Dashboard.SignIn;

/// <summary>Whether letters are shortcuts.</summary>
public sealed class Shortcuts(Browser browser, Person person) : PersonalSetting("journey.shortcuts/", browser, person)
{
    private const string Off = "off";
    private readonly Browser _browser = browser;

    public bool On { get; private set; } = true;

    public async Task Turn(bool on)
    {
        On = on;
        await Keep(on ? null : Off);
        await _browser.SetLetterKeys(on);
    }

    protected override async Task Take(string? kept)
    {
        On = kept != Off;
        await _browser.SetLetterKeys(On);
    }
}
