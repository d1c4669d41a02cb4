using Journey.Dashboard.Parts;

namespace Journey.Dashboard.SignIn;

/// <summary>A setting of who is at this screen; kept for each person, in this browser.</summary>
public abstract class PersonalSetting
{
    private readonly string _key;
    private readonly Browser _browser;
    private readonly Person _person;

    protected PersonalSetting(string key, Browser browser, Person person)
    {
        (_key, _browser, _person) = (key, browser, person);
        person.Changed += () => _ = Load();
    }

    public async Task Load() => await Take(await _browser.Read(_key + _person.Name));

    /// <param name="value">Null for what holds when nothing is kept.</param>
    protected Task Keep(string? value) => _browser.Store(_key + _person.Name, value);

    /// <summary>From now on it is what was kept; null when nothing was.</summary>
    protected abstract Task Take(string? kept);
}
