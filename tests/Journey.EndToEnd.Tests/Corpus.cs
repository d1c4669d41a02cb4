using System.Text;

namespace Journey.EndToEnd.Tests;

/// <summary>Messages nobody on this project wrote, beside the repository; tests that need them are skipped where they are not.</summary>
internal static class Corpus
{
    private static readonly string[] Kinds = [".hl7", ".hl7v2", ".er7", ".hl7s"];

    /// <summary>The folder of HL7 v2 messages, or the calling test is skipped.</summary>
    public static string Hl7()
    {
        foreach (var place in (string[])[Environment.GetEnvironmentVariable("JOURNEY_CORPUS") ?? "", Path.Combine(Repository.Root, "..", "shared", "corpus"),
                     Path.Combine(Repository.Root, "..", "..", "shared", "corpus")])
        {
            var folder = Path.Combine(place, "hl7v2");
            if (place.Length > 0 && Directory.Exists(folder)) return folder;
        }

        Assert.Skip("The corpus of HL7 v2 messages is not here: put it at ../shared/corpus beside the repository, or name it in JOURNEY_CORPUS.");
        return "";
    }

    /// <summary>Every file of messages below a folder, each as what goes into one frame.</summary>
    public static List<(string Name, byte[] Payload)> Frames(string folder)
    {
        var frames = new List<(string, byte[])>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var kind = Path.GetExtension(file);
            if (!Kinds.Contains(kind)) continue;
            var name = Path.GetRelativePath(folder, file);
            var bytes = File.ReadAllBytes(file);
            if (kind != ".hl7s") frames.Add((name, bytes));
            else frames.AddRange(Split(bytes).Select((message, i) => ($"{name}#{i + 1}", message)));
        }

        return frames;
    }

    public static List<byte[]> Stream(string name) => [.. Split(File.ReadAllBytes(Path.Combine(Hl7(), "simhospital", name, "messages.hl7s")))];

    /// <summary>Messages of a stream: a blank line between them.</summary>
    private static IEnumerable<byte[]> Split(byte[] bytes) =>
        Encoding.Latin1.GetString(bytes).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(text => text.Trim().Length > 0).Select(Encoding.Latin1.GetBytes);
}
