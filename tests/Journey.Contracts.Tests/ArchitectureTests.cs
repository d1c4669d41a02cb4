using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Journey.Contracts.Tests.Expectation;

namespace Journey.Contracts.Tests;

/// <summary>The house as the project files build it. An arrow that is not listed here is not allowed.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Journey.Contracts"] = [],
        ["Journey.Api"] = [],
        ["Journey.Hl7"] = [],
        // Deciders decide the contracts' commands.
        ["Journey.Domain"] = ["Journey.Contracts"],
        ["Journey.Grains"] = ["Journey.Domain", "Journey.Contracts"],
        // What silos and gateways do alike at start and stop, and by what they know each other.
        ["Journey.Hosting"] = ["Journey.Contracts"],
        ["Journey.Storage"] = ["Journey.Grains", "Journey.Domain", "Journey.Hosting"],
        ["Journey.Delivery"] = ["Journey.Grains"],
        // Over what others wrote: readers of FHIR and of event logs, and what learns, stay out of everything else.
        ["Journey.Measures"] = ["Journey.Domain", "Journey.Hosting"],
        ["Journey.Themes"] = ["Journey.Hosting"],
        ["Journey.Silo"] = ["Journey.Grains", "Journey.Storage", "Journey.Delivery", "Journey.Hosting", "Journey.Measures",
            "Journey.Themes"],
        ["Journey.Gateway.Cluster"] = ["Journey.Api", "Journey.Contracts"],
        ["Journey.Gateway.Feeds"] = ["Journey.Gateway.Cluster", "Journey.Hl7"],
        ["Journey.Gateway.Trust"] = ["Journey.Gateway.Cluster", "Journey.Hosting"],
        ["Journey.Gateway.Live"] = ["Journey.Gateway.Trust"],
        ["Journey.Gateway.Http"] = ["Journey.Gateway.Live", "Journey.Gateway.Trust"],
        // The dashboard's files are served, its code is not called.
        ["Journey.Gateway"] = ["Journey.Gateway.Feeds", "Journey.Gateway.Http", "Journey.Hosting", "Journey.Dashboard"],
        ["Journey.Standalone"] = ["Journey.Silo", "Journey.Gateway", "Journey.Simulator", "Journey.Dashboard"],
        ["Journey.Simulator"] = ["Journey.Api", "Journey.Hl7"],
        ["Journey.Client"] = ["Journey.Api"],
        ["Journey.Dashboard"] = ["Journey.Client"],
    };

    private static readonly Dictionary<string, XDocument> Projects =
        Repository.Files("*.csproj").ToDictionary(f => Path.GetFileNameWithoutExtension(f), XDocument.Load);

    public static TheoryData<string> Names() => [.. Allowed.Keys];

    /// <summary>Where the arrows of a project lead, over others too.</summary>
    public static IReadOnlySet<string> Below(string project)
    {
        var below = new HashSet<string>();
        var open = new Stack<string>(Allowed[project]);
        while (open.TryPop(out var next))
            if (below.Add(next))
                foreach (var further in Allowed[next]) open.Push(further);
        return below;
    }

    [Theory, MemberData(nameof(Names))]
    public void A_project_points_only_where_it_may(string project) =>
        None(References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))).Except(Allowed[project]));

    [Fact]
    public void Every_project_that_ships_is_known_here() =>
        None(Projects.Keys.Where(name => !Allowed.ContainsKey(name) && !name.EndsWith(".Tests", StringComparison.Ordinal)
            && name is not ("Journey.Benchmarks" or "Journey.Reliability" or "Journey.SteppedClock" or "Journey.Testing"
                or "Journey.Client.Sample")));

    [Fact]
    public void No_project_that_ships_points_at_a_test() =>
        None(Allowed.Keys.Where(p => References(p, "ProjectReference")
            .Any(r => r.Contains(".Tests", StringComparison.Ordinal) || r.Contains("Benchmarks", StringComparison.Ordinal))));

    [Theory]
    [InlineData("Journey.Api")]
    [InlineData("Journey.Hl7")]
    public void What_any_client_may_use_depends_on_nothing(string project) => None(References(project, "PackageReference"));

    [Fact]
    public void The_client_needs_no_more_than_SignalR() =>
        Assert.Equal(["Microsoft.AspNetCore.SignalR.Client", "Microsoft.AspNetCore.SignalR.Protocols.MessagePack"],
            References("Journey.Client", "PackageReference"));

    [Fact]
    public void No_source_file_is_compiled_into_two_projects() =>
        None(Projects.Keys.Where(project => References(project, "Compile").Any(file => file.Contains("..", StringComparison.Ordinal))));

    [Fact]
    public void The_contracts_need_no_more_than_the_sdk_of_orleans() =>
        Assert.Equal(["Microsoft.Orleans.Sdk"], References("Journey.Contracts", "PackageReference"));

    [Fact]
    public void The_domain_knows_neither_a_silo_nor_a_store() => Assert.Equal(["YamlDotNet"], References("Journey.Domain", "PackageReference"));

    [Fact]
    public void The_dashboard_knows_only_the_web() => None(Projects["Journey.Dashboard"].Descendants("PackageReference")
        // Named to be kept out of what is loaded.
        .Where(p => (string?)p.Attribute("ExcludeAssets") != "all").Select(p => (string?)p.Attribute("Include")).OfType<string>().Where(p =>
            !p.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal)
            && !p.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)));

    /// <summary>It finds the silos in the membership table, and holds no credentials for anything of patients.</summary>
    [Fact]
    public void The_gateway_is_a_client_that_knows_no_store_but_the_membership() =>
        Assert.Equal(["Microsoft.Orleans.Clustering.AdoNet"],
            References("Journey.Gateway", "PackageReference").Where(p => p.Contains("AdoNet", StringComparison.Ordinal)
            || p.Contains("Sqlite", StringComparison.Ordinal) || p is "Microsoft.Orleans.Server"));

    [Fact]
    public void Only_storage_the_silo_the_gateways_membership_and_the_provider_of_Development_know_a_database() =>
        None(Allowed.Keys.Except(["Journey.Hosting", "Journey.Storage", "Journey.Silo", "Journey.Gateway", "Journey.Standalone"]).Where(p =>
        References(p, "PackageReference")
        .Any(r => r.Contains("Npgsql", StringComparison.Ordinal) || r.Contains("Sqlite", StringComparison.Ordinal)
            || r.Contains("AdoNet", StringComparison.Ordinal))));

    [Fact]
    public void The_domain_and_the_grains_are_held_to_their_banned_symbols()
    {
        Assert.Contains(References("Journey.Domain", "AdditionalFiles"), f => f.EndsWith("BannedSymbols.Pure.txt", StringComparison.Ordinal));
        Assert.Contains(References("Journey.Grains", "AdditionalFiles"), f => f.EndsWith("BannedSymbols.Grains.txt", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_grain_is_internal_and_sealed()
    {
        var grains = Sources().SelectMany(f => GrainClass().Matches(File.ReadAllText(f)).Select(m => m.Value)).ToArray();
        Assert.NotEmpty(grains);
        None(grains.Where(g => !g.Contains("internal", StringComparison.Ordinal) || !g.Contains("sealed", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_grain_is_reentrant_without_a_remark_that_says_why() => None(Sources()
        .Where(f => File.ReadAllText(f) is var text && Reentrant().IsMatch(text) && !ReentrantRemark().IsMatch(text))
        .Select(Repository.Relative));

    private static IEnumerable<string> Sources() =>
        Repository.Files("*.cs").Where(f => !Repository.Relative(f).StartsWith("tests/", StringComparison.Ordinal));

    private static string[] References(string project, string kind) =>
        [.. Projects[project].Descendants(kind).Select(e => (string?)e.Attribute("Include")).OfType<string>().Order(StringComparer.Ordinal)];

    [GeneratedRegex("""^[^\n/]*\bclass \w+(?:\([^)]*\))?\s*:\s*Grain\b""", RegexOptions.Multiline)]
    private static partial Regex GrainClass();

    [GeneratedRegex("""\[[^\]]*\bReentrant\b""")]
    private static partial Regex Reentrant();

    [GeneratedRegex("""<remarks>[\s/]*Reentrant""")]
    private static partial Regex ReentrantRemark();
}
