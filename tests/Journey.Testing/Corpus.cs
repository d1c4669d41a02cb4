using System.Text;
using Xunit;

namespace Journey.Testing;

/// <summary>
/// Messages, records and logs that nobody on this project wrote, beside the repository (or where <c>JOURNEY_CORPUS</c> says) on machines that have
/// them; tests that need them skip where they are not, loudly.
/// </summary>
public static class Corpus
{
    /// <summary>The hospital of the simulated spring week.</summary>
    public const string Spring = "simhospital/stream-spring/messages.hl7s";

    private const string Streamed = ".hl7s";
    private static readonly string[] Single = [".hl7", ".hl7v2", ".er7"];

    /// <summary>The folder of HL7 v2 messages, or the calling test is skipped.</summary>
    public static string Root() => Folder("hl7v2");

    /// <summary>The folder of one kind, or the calling test is skipped.</summary>
    /// <param name="kind">Its path below the corpus.</param>
    public static string Folder(string kind)
    {
        // A worktree stands one level deeper than the project itself.
        foreach (var place in (string[])[Environment.GetEnvironmentVariable("JOURNEY_CORPUS")
            ?? "", Repository.Folder("../shared/corpus"), Repository.Folder("../../shared/corpus")])
        {
            var folder = Path.GetFullPath(Path.Combine(Repository.Root, place, kind));
            if (place.Length > 0 && Directory.Exists(folder)) return folder;
        }

        Assert.Skip(
            $"The corpus has no {kind} here: put it at ../shared/corpus beside the repository, or name it in JOURNEY_CORPUS. Nothing was checked.");
        return "";
    }

    /// <summary>Files that hold one message, or a batch.</summary>
    public static IEnumerable<string> SingleFiles() => Files(Single);

    /// <summary>Every message, each as what goes into one frame, with its file's name.</summary>
    public static List<(string Name, byte[] Payload)> Frames()
    {
        var root = Root();
        return [.. Files([.. Single, Streamed]).SelectMany(file => {
            var (name, bytes) = (Path.GetRelativePath(root, file), File.ReadAllBytes(file));
            return Path.GetExtension(file) == Streamed ? Split(bytes).Select((message, i) => ($"{name}#{i + 1}", message)) : [(name, bytes)];
        })];
    }

    /// <summary>The messages of a file that separates them by a blank line.</summary>
    public static List<byte[]> Stream(string relative) => [.. Split(File.ReadAllBytes(Path.Combine(Root(), relative)))];

    private static IEnumerable<string> Files(string[] kinds) =>
        Directory.EnumerateFiles(Root(), "*", SearchOption.AllDirectories).Where(file => kinds.Contains(Path.GetExtension(file)))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<byte[]> Split(byte[] bytes) =>
        Encoding.Latin1.GetString(bytes).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(text => text.Trim().Length > 0)
        .Select(Encoding.Latin1.GetBytes);
}
