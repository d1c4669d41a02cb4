using System.Text.Json;
using System.Text.Json.Nodes;
using Journey.Hosting.Usage;

namespace Journey.Measures.Tests;

public sealed class FhirMeasureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journey-measures-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The published cases of the measure: populations and strata as their MeasureReports have them.</summary>
    [Fact]
    public async Task The_published_cases_have_their_expected_populations()
    {
        var folder = Corpus.Folder("ecqm/cms1244");
        var ran = await Command.Fhir("CMS1244", folder);
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        Assert.Equal(Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
            ran.Lines.Select(line => line.GetProperty("case").GetString()));
        Assert.All(ran.Lines, line =>
        {
            var report = Directory.GetFiles(Path.Combine(folder, line.GetProperty("case").GetString()!), "MeasureReport-*.json").Single();
            var group = JsonDocument.Parse(File.ReadAllText(report)).RootElement.GetProperty("group")[0];
            Assert.Equal(Expected(group), Counts(line));
            Assert.Equal(group.GetProperty("stratifier").EnumerateArray().Select(strata => Expected(strata.GetProperty("stratum")[0])),
                line.GetProperty("strata").EnumerateArray().Select(Counts));
        });
    }

    [Fact]
    public async Task A_folder_of_ones_own_is_counted_by_the_year_in_which_most_visits_ended()
    {
        Write("ada", Patient("ada", "1990-02-03"), Visit("v1", "2031-03-14T08:00:00+01:00", "2031-03-14T16:01:00+01:00"), Department);
        Write("ben", Patient("ben", "2020-02-03"), Visit("v2", "2031-03-14T08:00:00Z", "2031-03-14T16:00:00Z"), Department);
        Write("cem", Patient("cem", "2020-02-03"), Visit("v3", "2030-03-14T08:00:00Z", "2030-03-14T18:00:00Z"), Department);
        var ran = await Command.Fhir("ecat", _folder.FullName);
        Assert.Equal(0, ran.Code);
        Assert.Equal("No period was given: 2031-01-01 to 2031-12-31 was taken, in which most visits ended.\n", ran.Errors);
        Assert.Equal([(1, 1, 1), (1, 1, 0), (0, 0, 0)], ran.Lines.Select(Counts));
        Assert.Equal([(0, 0, 0), (1, 1, 1), (0, 0, 0), (0, 0, 0)], ran.Lines[0].GetProperty("strata").EnumerateArray().Select(Counts));
        Assert.Equal([(0, 0, 0), (0, 0, 0), (1, 1, 1)], (await Command.Fhir("ecat", _folder.FullName, "--period", "2030")).Lines.Select(Counts));
        Assert.Equal([(1, 1, 1), (1, 1, 0), (0, 0, 0)],
            (await Command.Fhir("ecat", _folder.FullName, "--period=2031-03-14/2031-03-14")).Lines.Select(Counts));
    }

    [Fact]
    public async Task A_bundle_is_read_as_its_parts()
    {
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle", ["type"] = "collection",
            ["entry"] = new JsonArray([
                .. new[] { Patient("ada", "1990-02-03"), Visit("v1", "2031-03-14T08:00:00Z", "2031-03-14T16:01:00Z"), Department }
                    .Select(part => new JsonObject { ["resource"] = JsonNode.Parse(part) })]),
        };
        Write("ada", bundle.ToJsonString());
        Assert.Equal((1, 1, 1), Counts(Assert.Single((await Command.Fhir("ecat", _folder.FullName)).Lines)));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_without_what_it_holds_and_the_rest_is_counted()
    {
        Write("ada", Patient("ada", "1990-02-03"), Visit("v1", "2031-03-14T08:00:00Z", "2031-03-14T16:01:00Z"), Department);
        Write("ben", "{ \"name\": \"Ben Secret\" ");
        Write("cem", "[1, 2]");
        Write("fay", "{}");
        Write("gus", "{\"resourceType\":\"Nothing\"}");
        Write("dan", Patient("dan", "1990-02-03"), Patient("eve", "1990-02-03"));
        Write("eve", "{\"resourceType\":\"Basic\"}");
        var ran = await Command.Fhir("ecat", _folder.FullName);
        Assert.Equal(65, ran.Code);
        Assert.Equal("ada", Assert.Single(ran.Lines).GetProperty("case").GetString());
        Assert.DoesNotContain("Secret", ran.Errors, StringComparison.Ordinal);
        Assert.All(
            ["ben/0.json", "cem/0.json", "fay: a folder has one patient", "gus: a folder has one patient",
                "dan: a folder has one patient; here are 2.", "eve: a folder has one patient; here are 0."],
            said => Assert.Contains(said, ran.Errors, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("There is no measure 'sepsis'.", "sepsis", "."), InlineData("A measure and a folder are needed.", "ecat"),
     InlineData("There is no option '--year'.", "ecat", ".", "--year", "2026"), InlineData("'march' is no period.", "ecat", ".", "--period", "march"),
     InlineData("'2031-02-30/2031-03-01' is no period.", "ecat", ".", "--period", "2031-02-30/2031-03-01"),
     InlineData("'--period' is without a value.", "ecat", ".", "--period")]
    public async Task Wrong_usage_is_told_with_what_is_right(string said, params string[] args)
    {
        var refused = await Assert.ThrowsAsync<UsageException>(() => Command.Fhir(args));
        Assert.StartsWith(said, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Usage: measures fhir", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_folder_and_no_folders_are_told()
    {
        Assert.Contains("There is no folder", (await Assert.ThrowsAsync<InputException>(() => Command.Fhir("ecat", _folder.FullName + "x"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("has no folders", (await Assert.ThrowsAsync<InputException>(() => Command.Fhir("ecat", _folder.FullName))).Message,
            StringComparison.Ordinal);
    }

    private const string Department = """
        {"resourceType":"Location","id":"ed","type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"ER"}]}]}
        """;

    private static string Patient(string id, string born) => $$"""{"resourceType":"Patient","id":"{{id}}","birthDate":"{{born}}"}""";

    private static string Visit(string id, string from, string to) => $$"""
        {"resourceType":"Encounter","id":"{{id}}","status":"finished","class":{"code":"EMER"},
         "type":[{"coding":[{"system":"http://snomed.info/sct","code":"4525004"}]}],"period":{"start":"{{from}}","end":"{{to}}" },
         "location":[{"location":{"reference":"Location/ed"},"period":{"start":"{{from}}","end":"{{to}}" } }],"unknownElement":1}
        """;

    private void Write(string name, params string[] resources)
    {
        var folder = _folder.CreateSubdirectory(name);
        for (var i = 0; i < resources.Length; i++) File.WriteAllText(Path.Combine(folder.FullName, $"{i}.json"), resources[i]);
    }

    private static (int, int, int) Counts(JsonElement counts) =>
        (counts.GetProperty("initial-population").GetInt32(), counts.GetProperty("denominator").GetInt32(),
            counts.GetProperty("numerator").GetInt32());

    private static (int, int, int) Expected(JsonElement group)
    {
        var counts = group.GetProperty("population").EnumerateArray().ToDictionary(
            population => population.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString()!,
            population => population.GetProperty("count").GetInt32());
        return (counts["initial-population"], counts["denominator"], counts["numerator"]);
    }
}
