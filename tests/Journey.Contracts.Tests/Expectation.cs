namespace Journey.Contracts.Tests;

internal static class Expectation
{
    /// <summary>Nothing breaks the rule; a failure lists all that do, each on a line.</summary>
    /// <param name="mend">What to do about it, for whoever has never seen the test.</param>
    public static void None<T>(IEnumerable<T> offenders, string mend = "Against the rule of this test:")
    {
        var all = offenders.Select(offender => offender?.ToString()).Distinct().ToArray();
        if (all.Length > 0) Assert.Fail(mend + "\n" + string.Join('\n', all));
    }
}
