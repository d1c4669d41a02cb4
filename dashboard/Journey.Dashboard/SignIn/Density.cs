using Journey.Dashboard.Parts;

namespace Journey.Dashboard.SignIn;

/// <summary>How high a board's lines are for who is at this screen; kept for each person, in this browser.</summary>
public sealed class Density
{
    /// <summary>By the pointer and the height of the screen.</summary>
    public const string Auto = "auto";

    private const string Key = "journey.density/";
    private readonly Browser _browser;
    private readonly Person _person;

    public Density(Browser browser, Person person)
    {
        (_browser, _person) = (browser, person);
        person.Changed += () => _ = Load();
    }

    /// <summary>Every choice with its word.</summary>
    public static IReadOnlyList<(string Name, string Says)> Choices { get; } =
        [(Auto, "Lines: auto"), ("dense", "Lines: dense"), ("normal", "Lines: normal"), ("touch", "Lines: touch")];

    /// <summary>One of <see cref="Choices"/>.</summary>
    public string Name { get; private set; } = Auto;

    public event Action? Changed;

    public async Task Load()
    {
        Name = Known(await _browser.Read(Key + _person.Name));
        Changed?.Invoke();
    }

    public async Task Choose(string? name)
    {
        Name = Known(name);
        Changed?.Invoke();
        await _browser.Store(Key + _person.Name, Name == Auto ? null : Name);
    }

    private static string Known(string? name) => Choices.Any(c => c.Name == name) ? name! : Auto;
}
