using static Journey.Contracts.Tests.Expectation;

namespace Journey.Contracts.Tests;

/// <summary>What the compiler does not hold of a source file: how long it is, and how wide.</summary>
public sealed class SourceTests
{
    /// <summary>Of what ships. A test may tell a longer story.</summary>
    private const int MaxLines = 300;
    private const int MaxLinesOfTests = 550;
    private const int MaxWidth = 150;

    /// <summary>Longer for a reason (2026-11): each is one thing that is read from top to bottom, and would be two halves.</summary>
    private static readonly Dictionary<string, string> LongerFor = new()
    {
        ["gateway/Journey.Hl7/Hl7Message.cs"] = "the message and its index, one allocation",
        ["gateway/Journey.Hl7/Mllp/MllpConnection.cs"] = "the two loops of one connection and what they share",
        ["silo/Journey.Simulator/Model/Course.Emergency.cs"] = "one visit to an emergency department, in the order in which it happens",
        ["grains/Journey.Domain/Facts/CourseFold.cs"] = "one total switch over all facts",
        ["dashboard/Journey.Dashboard/Visits/VisitPage.razor"] = "one page, until its lists are rows with a drawer",
        ["grains/Journey.Domain/Policies/PolicyPack.cs"] = "one pack, in the order of its file",
    };

    private static readonly string[] Nothings = ["Common", "Helper", "Helpers", "Util", "Utils", "Utilities", "Misc"];

    /// <summary>SQL, scripts and help for a terminal: a line of theirs is not ours to cut.</summary>
    private static readonly string[] WithTexts =
    [
        "silo/Journey.Silo/EraseCommand.cs", "silo/Journey.Storage/Postgres/", "silo/Journey.Storage/Sqlite/", "tests/Journey.Benchmarks/Painting.cs",
        "tests/Journey.Browser.Tests/", "tests/Journey.Grains.Tests/RuleTests.cs", "tests/Journey.Reliability.Tests/BrowserTests.cs",
        "tests/Journey.Reliability/Proofs/Ledger.cs", "tests/Journey.Storage.Tests/AuditContract.cs",
    ];

    [Fact]
    public void No_source_file_is_longer_than_a_person_reads() => None(Repository.Files("*.cs").Concat(Repository.Files("*.razor"))
        .Select(file => (Name: Repository.Relative(file), Lines: File.ReadLines(file).Count()))
        .Where(file => file.Lines > (file.Name.StartsWith("tests/", StringComparison.Ordinal) ? MaxLinesOfTests : MaxLines))
        .Where(file => !LongerFor.ContainsKey(file.Name))
        .Select(file => $"{file.Lines} lines: {file.Name}"),
        $"At most {MaxLines} lines, of tests {MaxLinesOfTests}: take a part out under a name of its own, or give the reason in LongerFor.");

    /// <summary>What such a folder holds, only its author knows.</summary>
    [Fact]
    public void No_room_is_called_after_nothing() => None(Repository.Files("*.cs").Concat(Repository.Files("*.razor")).Select(Repository.Relative)
        .SelectMany(file => file.Split('/')).Select(part => Path.GetFileNameWithoutExtension(part))
        .Where(name => Nothings.Any(nothing => name.EndsWith(nothing, StringComparison.Ordinal))),
        "Name the folder or type after what it is about; what serves one feature stands with it.");

    [Fact]
    public void What_is_longer_for_a_reason_still_is() => None(LongerFor.Keys
        .Where(name => !File.Exists(Path.Combine(Repository.Root, name)) || File.ReadLines(Path.Combine(Repository.Root, name)).Count() <= MaxLines));

    /// <summary>A line that holds a literal may be as long as the literal makes it.</summary>
    [Fact]
    public void No_line_is_wider_than_a_screen() => None(Repository.Files("*.cs")
        .Select(file => (Name: Repository.Relative(file), File: file))
        .Where(file => !WithTexts.Any(text => file.Name.StartsWith(text, StringComparison.Ordinal)))
        .SelectMany(file => File.ReadLines(file.File).Select((line, at) => (file.Name, Line: line, At: at + 1)))
        .Where(line => line.Line.Length > MaxWidth && !line.Line.Contains('"', StringComparison.Ordinal))
        .Select(line => $"{line.Name}:{line.At}"));
}
