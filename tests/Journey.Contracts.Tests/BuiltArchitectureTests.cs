using static Journey.Contracts.Tests.Expectation;

namespace Journey.Contracts.Tests;

/// <summary>The house as it was built, however it is spelled in the sources. Build the solution first.</summary>
public sealed class BuiltArchitectureTests
{
    /// <summary>
    /// The snapshots in the store are found by these. One that is renamed loses them; a new one is added here, and is not one that was ever used.
    /// </summary>
    private static readonly string[] StateNames = ["visit-snapshot"];

    public static TheoryData<string> Projects() => [.. ArchitectureTests.Names().Select(name => name.Data)];

    /// <summary>Beside the project files: an assembly may also come by a package or a file.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void An_assembly_points_only_where_its_project_may(string project)
    {
        using var code = BuiltCode.Of(project);
        None(code.References.Except(ArchitectureTests.Below(project)));
    }

    [Theory, InlineData("Journey.Gateway"), InlineData("Journey.Standalone")]
    public void The_dashboard_is_referenced_for_its_files_only(string project)
    {
        using var code = BuiltCode.Of(project);
        Assert.DoesNotContain("Journey.Dashboard", code.References);
    }

    /// <summary>An operator looks one up by its number alone. Thousands: 1 the gateway, 2 the grains, 3 the storage, 4 the dashboard.</summary>
    [Fact]
    public void No_two_events_of_the_log_have_one_number()
    {
        var events = Of(code => code.Numbers("LoggerMessageAttribute"));
        Assert.NotEmpty(events);
        None(events.Where(e => e.Number <= 0).Select(e => $"{e.At} has no number of its own."));
        None(events.GroupBy(e => e.Number).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(e => e.At))}"));
    }

    /// <summary>The grain type is not part of a stored row's key: two grains with one key and one state name would share a row.</summary>
    [Fact]
    public void State_names_are_constants_approved_and_unique()
    {
        Assert.Equal(StateNames.Order(StringComparer.Ordinal), Of(code => code.Texts("StateName")).Order(StringComparer.Ordinal));
        None(Projects().Select(project => project.Data).Where(project =>
        {
            using var code = BuiltCode.Of(project);
            return code.Has("PersistentStateAttribute");
        }), "A grain writes through its EventStream, and a snapshot through its shelf.");
    }

    private static List<T> Of<T>(Func<BuiltCode, IEnumerable<T>> ask) => [.. Projects().SelectMany(project =>
    {
        using var code = BuiltCode.Of(project.Data);
        return ask(code).ToArray();
    })];
}
