using Journey.Dashboard.Parts;

namespace Journey.Dashboard.SignIn;

/// <summary>How high a board's lines are.</summary>
public sealed class Density(Browser browser, Person person) : PersonalSetting("journey.density/", browser, person)
{
    /// <summary>By the pointer and the height of the screen.</summary>
    public const string Auto = "auto";

    /// <summary>Every choice with its word.</summary>
    public static IReadOnlyList<(string Name, string Says)> Choices { get; } =
        [(Auto, "Lines: auto"), ("dense", "Lines: dense"), ("normal", "Lines: normal"), ("touch", "Lines: touch")];

    /// <summary>One of <see cref="Choices"/>.</summary>
    public string Name { get; private set; } = Auto;

    public event Action? Changed;

    public async Task Choose(string? name)
    {
        await Take(name);
        await Keep(Name == Auto ? null : Name);
    }

    protected override Task Take(string? kept)
    {
        Name = Choices.Any(choice => choice.Name == kept) ? kept! : Auto;
        Changed?.Invoke();
        return Task.CompletedTask;
    }
}
