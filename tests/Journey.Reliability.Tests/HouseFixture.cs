using Journey.Reliability.Faults;
using Journey.Reliability.Machines;

[assembly: AssemblyFixture(typeof(Journey.Reliability.Tests.HouseFixture))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Journey.Reliability.Tests;

/// <summary>One house whose clocks are wrong, with its traffic, for all tests: what goes wrong there one after the other finds it mended.</summary>
public sealed class HouseFixture : IAsyncLifetime
{
    private House? _house;
    private Rounds? _rounds;

    internal House House => _house!;
    internal Rounds Rounds => _rounds!;

    public async ValueTask InitializeAsync()
    {
        if (await Missing() is not null) return;
        _house = await House.Open(AllFaults.WrongClocks);
        _rounds = await Rounds.On(_house);
    }

    public async ValueTask DisposeAsync()
    {
        if (_rounds is not null) await _rounds.DisposeAsync();
        if (_house is not null) await _house.DisposeAsync();
    }

    /// <summary>Skips the test where there can be no house; a build fails.</summary>
    internal static async Task Needed()
    {
        if (await Missing() is not { } missing) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
    }

    private static async Task<string?> Missing() =>
        await Network.Missing() ?? (!FakeTime.IsInstalled ? "libfaketime is not installed" : !LoadBalancer.IsInstalled
            ? "haproxy is not installed"
            : Chromium.Path is null ? "Chromium is not installed" : null);
}
