namespace Journey.Contracts.Tests;

internal static class Expectation
{
    /// <summary>Nothing breaks the rule; a failure lists all that do.</summary>
    public static void None<T>(IEnumerable<T> offenders) => Assert.Equal([], offenders.Select(o => o?.ToString()).Distinct());
}
