using System.Text;

namespace Journey.Gateway.Tests;

/// <summary>Real messages of other projects, beside the repository on machines that have them; tests without it skip, loudly.</summary>
internal static class Corpus
{
    internal static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Journey.sln"))) continue;

            // A worktree stands one level deeper than the project itself.
            foreach (var up in new[] { "../shared/corpus", "../../shared/corpus" })
            {
                var corpus = Path.GetFullPath(Path.Combine(folder.FullName, up, "hl7v2"));
                if (Directory.Exists(corpus)) return corpus;
            }
        }

        Assert.Skip("The corpus of real messages (../shared/corpus) is not on this machine: nothing was checked.");
        return "";
    }

    internal static IEnumerable<string> SingleFiles() =>
        Directory.EnumerateFiles(Root(), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".hl7" or ".er7" or ".hl7v2")
            .Order(StringComparer.Ordinal);

    /// <summary>Messages of a file that separates them by a blank line.</summary>
    internal static IEnumerable<byte[]> Stream(string relative)
    {
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Root(), relative)));
        return text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(m => m.Trim().Length > 0).Select(Encoding.Latin1.GetBytes);
    }
}
