using Xunit;

namespace Journey.Testing;

/// <summary>A file that says what is promised to others: a change of it is read and meant, or it is none.</summary>
public static class Approved
{
    /// <summary>
    /// Fails, with the lines that differ, unless the file says what is so now; writes the file when whoever runs the test asks for it.
    /// </summary>
    /// <param name="file">From the repository's root; beside the test, whose project is then run to write it.</param>
    /// <param name="variable">The environment variable that approves, when it is 1.</param>
    /// <param name="weight">What an addition costs, and what a removed or changed line does.</param>
    public static void Is(string file, string now, string variable, string weight)
    {
        var path = Repository.Folder(file);
        if (Environment.GetEnvironmentVariable(variable) == "1") File.WriteAllText(path, now);
        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (approved == now) return;
        var (before, after) = (approved.Split('\n'), now.Split('\n'));
        var difference = before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line));
        Assert.Fail($"What is so differs from {file}:\n{string.Join('\n', difference)}\n\n{weight}\n"
            + $"If every line above is meant, approve: {variable}=1 dotnet test --project {Path.GetDirectoryName(file)}, and commit the file.");
    }
}
