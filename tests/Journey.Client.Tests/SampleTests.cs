using System.Diagnostics;

namespace Journey.Client.Tests;

/// <summary>The sample of the README is the program that is compiled and run here.</summary>
[Collection(InTheHouse.Name)]
public class SampleTests(HouseFixture house)
{
    private static readonly string Program = Repository.Folder("tests/Journey.Client.Sample/Program.cs");

    [Fact]
    public void The_README_shows_it_as_it_is_on_thirty_lines_at_most()
    {
        var readme = File.ReadAllText(Repository.Folder("gateway/Journey.Client/README.md")).ReplaceLineEndings("\n");
        var sample = File.ReadAllText(Program).ReplaceLineEndings("\n");
        Assert.Contains($"```csharp\n{sample}```", readme, StringComparison.Ordinal);
        Assert.InRange(sample.Split('\n').Length - 1, 1, 30);
    }

    [Fact]
    public async Task It_prints_a_live_board()
    {
        await house.Arrive("SAMPLE", "Musterfrau");
        using var process =
            Process.Start(new ProcessStartInfo("dotnet",
                [Repository.Built("Journey.Client.Sample"), house.Url.ToString(), "SAMPLE"])
            { RedirectStandardOutput = true })!;
        try
        {
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var (isLive, shown) = (false, false);
            while (!isLive || !shown)
            {
                var line = await process.StandardOutput.ReadLineAsync(late.Token) ?? throw new InvalidOperationException("The sample ended.");
                isLive |= line.Contains(", live:", StringComparison.Ordinal);
                shown |= line.Contains("Musterfrau, Erika", StringComparison.Ordinal);
            }
        }
        finally
        {
            process.Kill();
        }
    }
}
