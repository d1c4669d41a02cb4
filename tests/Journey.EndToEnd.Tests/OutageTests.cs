using System.Diagnostics;

namespace Journey.EndToEnd.Tests;

/// <summary>The store goes away while messages come, and comes back.</summary>
public sealed class OutageTests
{
    private const int Messages = 500;
    private const int Before = 150;

    /// <summary>Answers with AE soon, so that the test need not wait for it.</summary>
    private static readonly (string, string)[] Settings = [.. PersonCensusTests.Settings, ("Journey:Mllp:RetrySeconds", "1")];

    /// <summary>When the last of the messages was sent: a visit that has been silent for years is nobody's who is here.</summary>
    private static SteppedTime Then() => new(PersonCensusTests.Sent(Corpus.Stream(Corpus.Spring)[Messages - 1]));

    [Fact]
    public async Task On_a_full_disk_messages_are_answered_with_AE_and_accepted_once_there_is_space_again()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        using var time = Then();
        await using var journey = JourneyProcess.PrepareIn(disk.Path, [.. Settings, .. time.Settings]);
        await Survives(journey, time, disk.Fill, disk.Free);
    }

    [Fact]
    public async Task While_PostgreSQL_is_down_messages_are_answered_with_AE_and_accepted_once_when_it_is_back()
    {
        await using var server = await PostgresServer.Create();
        var connection = await server.CreateDatabase();
        using var time = Then();
        await using var journey =
            JourneyProcess.Prepare([.. Settings, .. time.Settings, ("Journey:Storage:Provider", "PostgreSql"),
                ("Journey:Storage:ConnectionString", connection)]);
        await Survives(journey, time, server.Stop, server.Start);
    }

    [Fact]
    public async Task With_PostgreSQL_gone_Journey_stops_within_half_a_minute()
    {
        await using var server = await PostgresServer.Create();
        var connection = await server.CreateDatabase();
        await using var journey =
            JourneyProcess.Prepare([.. Settings, ("Journey:Storage:Provider", "PostgreSql"), ("Journey:Storage:ConnectionString", connection)]);
        await journey.Start();
        await new FeedLine(journey.MllpPort, Corpus.Stream(Corpus.Spring)[..Before]).Run();
        await server.Stop();
        await journey.Terminate();
        await journey.UntilEnded(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_disk_that_has_room_again_makes_Journey_ready_before_anybody_sends_a_message()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        await using var journey = JourneyProcess.PrepareIn(disk.Path, Settings);
        await journey.Start();
        // The signing in of the demo writes a moment after the start.
        await journey.AllBoards();
        await disk.Fill();
        using var failed = new CancellationTokenSource();
        var line = new FeedLine(journey.MllpPort, Corpus.Stream(Corpus.Spring)[..Messages]);
        var feeding = line.Run(failed.Token);
        await journey.UntilReadinessIs(System.Net.HttpStatusCode.ServiceUnavailable);
        await failed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => feeding);
        await disk.Free();
        await journey.UntilReady();
    }

    private static async Task Survives(JourneyProcess journey, SteppedTime time, Func<Task> breakIt, Func<Task> mendIt)
    {
        var messages = Corpus.Stream(Corpus.Spring)[..Messages];
        var census = new PersonCensus("ED", PersonCensusTests.London);
        foreach (var message in messages) census.Apply(new Plain(message));
        await journey.Start();
        var line = new FeedLine(journey.MllpPort, messages);
        using var failed = new CancellationTokenSource();
        var feeding = line.Run(failed.Token);
        try
        {
            await Until(() => line.Accepted.Count >= Before);
            await breakIt();
            await Until(() => line.Errors >= 2);
            Assert.True(journey.IsRunning, journey.Output);
            using (var live = await journey.Http.GetAsync("/health/live")) Assert.True(live.IsSuccessStatusCode);
            await journey.UntilReadinessIs(System.Net.HttpStatusCode.ServiceUnavailable);
            Assert.False(feeding.IsCompleted, "Everything was accepted before the store was away.");
            await mendIt();
            await feeding;
        }
        finally
        {
            await failed.CancelAsync();
        }

        await journey.UntilReady();
        await Proof.BoardsShow(journey, census, time.Now, "after the outage");
        await Proof.EveryMessageIsLoggedAndAppliedOnce(journey, messages, line);
        await journey.Kill();
        await journey.Start();
        await Proof.BoardsShow(journey, census, time.Now, "after the outage and a kill");
        journey.SaysNothingOf(CensusTests.Names(messages));

        Task Until(Func<bool> condition) => Eventually.Holds(() =>
        {
            if (feeding.IsFaulted) feeding.GetAwaiter().GetResult();
            return Task.FromResult((condition(), $"{line.Accepted.Count} accepted, {line.Errors} answered with AE"));
        }, TimeSpan.FromMinutes(1), () => journey.Output, TimeSpan.FromMilliseconds(5));
    }

    /// <summary>A file system of a few megabytes.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string path) => Path = path;

        public string Path { get; }

        private string Filler => System.IO.Path.Combine(Path, "filler");

        /// <summary>Mounts one, or skips the calling test where that is not allowed.</summary>
        public static SmallDisk Mount(int megabytes)
        {
            var disk = new SmallDisk(Directory.CreateTempSubdirectory("journey-disk-").FullName);
            if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path)) return disk;
            Directory.Delete(disk.Path);
            Assert.Skip("A small file system could not be mounted: run as root on Linux to test a full disk.");
            throw new UnreachableException();
        }

        /// <summary>Takes all the space that is left.</summary>
        public async Task Fill()
        {
            await using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            foreach (var size in (int[])[65536, 4096])
            {
                try
                {
                    while (true) await file.WriteAsync(new byte[size]);
                }
                catch (IOException)
                {
                    // Full.
                }
            }
        }

        public Task Free()
        {
            File.Delete(Filler);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            Run("umount", "-l", Path);
            Directory.Delete(Path);
        }

        private static bool Run(string tool, params string[] arguments)
        {
            try
            {
                using var process =
                    Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
