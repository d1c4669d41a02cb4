using System.Diagnostics;
using System.Globalization;
using System.Text;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

public sealed class SqliteCrashTests
{
    private const string Variable = "JOURNEY_CRASH_DIRECTORY";

    [Fact]
    public async Task A_killed_process_loses_nothing_it_acknowledged()
    {
        await using var database = new SqliteDatabase();
        await database.Open();
        var options = new StorageOptions();
        database.Configure(options);
        var acknowledged = Path.Combine(options.DataDirectory, "acknowledged");
        for (var round = 1; round <= 3; round++)
        {
            using var child = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Journey.Storage.Tests"),
                ["-explicit", "only", "-method", $"*.{nameof(Child_that_appends_until_it_is_killed)}"])
            {
                Environment = { [Variable] = options.DataDirectory },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = child.StandardOutput.ReadToEndAsync();
            await WaitForLines(acknowledged, 400 * round, child, output);
            child.Kill();
            await child.WaitForExitAsync();
        }

        var store = await database.Open();
        var there = new HashSet<string>();
        for (var producer = 0; producer < 32; producer++)
        {
            var read = await store.Journal.Read($"visit/{producer}", 0);
            Assert.Equal(Enumerable.Range(1, read.Count).Select(v => (long)v), read.Select(e => e.Version));
            there.UnionWith(read.Select(e => $"{e.Stream} {e.Version}"));
        }

        var lost = CompleteLines(acknowledged).Where(line => !there.Contains(line)).ToList();
        Assert.Empty(lost);
        Assert.Equal(there.Count, await database.Scalar("select count(*) from inbox"));
    }

    /// <summary>Run by the test above in a process of its own.</summary>
    [Fact(Explicit = true)]
    public async Task Child_that_appends_until_it_is_killed()
    {
        var directory = Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException("Only the parent test runs this.");
        var store = new Store(options => options.DataDirectory = directory);
        var file = new FileStream(Path.Combine(directory, "acknowledged"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(producer => Task.Run(async () =>
        {
            var stream = $"visit/{producer}";
            var version = (await store.Journal.Read(stream, 0)).Select(e => e.Version).DefaultIfEmpty(0).Max();
            while (true)
            {
                version++;
                var result = await store.Journal.Append(Some.Commit(stream, version, card: Some.Card(producer, version),
                    message: new("ADT", string.Create(CultureInfo.InvariantCulture, $"{producer}.{version}"))));
                Assert.Equal(AppendResult.Appended, result);
                lock (file) file.Write(Encoding.UTF8.GetBytes($"{stream} {version}\n"));
            }
        })));
    }

    /// <summary>Needs a small file system of its own, and so root.</summary>
    [Fact]
    public async Task A_full_disk_is_named_loses_nothing_and_is_survived_when_space_is_back()
    {
        var directory = Directory.CreateTempSubdirectory("journey-full-").FullName;
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || Shell("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", directory) != 0)
            Assert.Skip("A small tmpfs could not be mounted (needs Linux and root).");
        try
        {
            var ballast = Path.Combine(directory, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[1_000_000]);
            await using var store = new Store(options => options.DataDirectory = directory);
            await store.Migrator.Migrate();
            var payload = $$"""{"text":"{{new string('x', 20_000)}}"}""";
            var version = 0L;
            StorageException? full = null;
            while (full is null)
            {
                try
                {
                    await store.Journal.Append(Some.Commit("visit/a", version + 1, payload: payload));
                    version++;
                    Assert.True(version < 1000, "the disk never filled");
                }
                catch (StorageException e)
                {
                    full = e;
                }
            }

            Assert.Contains("is full", full.Message);
            Assert.Equal(version, (await store.Journal.Read("visit/a", 0)).Count);
            File.Delete(ballast);
            Assert.Equal(AppendResult.Appended, await store.Journal.Append(Some.Commit("visit/a", version + 1, payload: payload)));
        }
        finally
        {
            Shell("umount", "-l", directory);
            Directory.Delete(directory);
        }
    }

    private static async Task WaitForLines(string file, int lines, Process child, Task<string> output)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (File.Exists(file) && CompleteLines(file).Count >= lines) return;
            if (child.HasExited) Assert.Fail($"the child ended by itself: {await output}");
            await Task.Delay(10);
        }

        Assert.Fail($"waited 30 s for {lines} acknowledged commits");
    }

    private static List<string> CompleteLines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static int Shell(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
