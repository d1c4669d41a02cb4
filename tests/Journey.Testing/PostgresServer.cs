using System.Diagnostics;
using Npgsql;
using Xunit;

namespace Journey.Testing;

/// <summary>
/// A real PostgreSQL server of the test's own, from installed binaries, in a temporary directory and on a free port of 127.0.0.1; fsync is on.
/// Without binaries the calling test is skipped with a message, or fails where <c>CI=true</c> or <c>JOURNEY_REQUIRE_POSTGRES=1</c>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly string _binaries;
    private readonly Place _place;

    private PostgresServer(string binaries, Place place)
    {
        _binaries = binaries;
        _place = place;
        _directory = Directory.CreateDirectory(Path.Combine(place.Directory ?? Path.GetTempPath(), $"journey-pg-{Guid.NewGuid():N}")).FullName;
        Port = Ports.Free();
    }

    /// <summary>Where a server is.</summary>
    /// <param name="Address">What it listens on beside 127.0.0.1, which is then where <see cref="ConnectionString"/> leads.</param>
    /// <param name="Range">Who may come there, as pg_hba.conf writes it.</param>
    /// <param name="Directory">The folder its own is made in; the system's for temporary files when null.</param>
    public sealed record Place(string? Address = null, string? Range = null, string? Directory = null);

    /// <summary>The TCP port.</summary>
    public int Port { get; }

    /// <summary>The connection string of the database <paramref name="name"/>.</summary>
    public string ConnectionString(string name = "postgres") =>
        $"Host={_place.Address ?? "127.0.0.1"};Port={Port};Username=postgres;Database={name};Timeout=5;Command Timeout=30";

    /// <summary>Makes a server and starts it, or skips (or fails) the calling test when PostgreSQL is not installed.</summary>
    public static Task<PostgresServer> Create() => Create(new());

    /// <inheritdoc cref="Create()"/>
    public static async Task<PostgresServer> Create(Place place)
    {
        if (FindBinaries() is not { } binaries)
        {
            const string Missing = "PostgreSQL is not installed: put its bin directory on PATH or name it in JOURNEY_POSTGRES_BIN.";
            if (Environment.GetEnvironmentVariable("CI") == "true" || Environment.GetEnvironmentVariable("JOURNEY_REQUIRE_POSTGRES") == "1")
                Assert.Fail(Missing);
            Assert.Skip(Missing);
            throw new UnreachableException();
        }

        var server = new PostgresServer(binaries, place);
        try
        {
            await server.Initialize();
            await server.Start();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabase()
    {
        var name = $"t{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name} strategy file_copy", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Starts the server and waits until it takes connections. After <see cref="Kill"/> it recovers from its log first.</summary>
    public async Task Start()
    {
        var log = Path.Combine(_directory, "log");
        var options =
            $"-p {Port} -k {_directory} -c listen_addresses=127.0.0.1{(_place.Address is { } address ? "," + address : "")} -c fsync=on -c "
                + $"max_connections=400 -c shared_buffers=128MB";
        for (var attempt = 1; ; attempt++)
        {
            var (code, output) = await Run("pg_ctl", "start", "-w", "-t", "60", "-D", Data, "-l", log, "-o", options);
            if (code == 0) return;
            // Right after a kill, the dead server's children may still hold its shared memory.
            if (attempt == 20)
                throw new InvalidOperationException(
                    $"PostgreSQL did not start on port {Port}: {output}{(File.Exists(log) ? File.ReadAllText(log) : "")}");
            await Task.Delay(250);
        }
    }

    /// <summary>Ends the server as a power cut would: SIGKILL, no shutdown, no checkpoint.</summary>
    public async Task Kill()
    {
        var pid = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First());
        using var process = Process.GetProcessById(pid);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>False when it was stopped, or ended by itself as on a full disk.</summary>
    public async Task<bool> IsRunning() => (await Run("pg_ctl", "status", "-D", Data)).Code == 0;

    /// <summary>Stops at once, without a checkpoint; connections break.</summary>
    public Task Stop() => Run("pg_ctl", "stop", "-m", "immediate", "-w", "-D", Data);

    public async ValueTask DisposeAsync()
    {
        await Stop();
        try
        {
            Directory.Delete(_directory, recursive: true);
        }
        catch (IOException)
        {
            // A child that is still ending; it is a temporary directory.
        }
    }

    private string Data => Path.Combine(_directory, "data");

    private static string? FindBinaries()
    {
        string?[] places =
        [
            Environment.GetEnvironmentVariable("JOURNEY_POSTGRES_BIN"),
            .. Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => double.TryParse(Path.GetFileName(d), out var v) ? v : 0)
                    .Select(d => Path.Combine(d, "bin"))
                : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return places.FirstOrDefault(bin => bin is not null && File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "pg_ctl")));
    }

    private async Task Initialize()
    {
        // PostgreSQL refuses to run as root: the directory is given to its own user.
        if (Environment.IsPrivilegedProcess) await Finish("chown", ["postgres", _directory]);
        var (code, output) = await Run("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-instructions");
        if (code != 0) throw new InvalidOperationException($"initdb failed: {output}");
        if (_place.Range is { } range) await File.AppendAllTextAsync(Path.Combine(Data, "pg_hba.conf"), $"host all all {range} trust\n");
    }

    private Task<(int Code, string Output)> Run(string tool, params string[] arguments)
    {
        var path = Path.Combine(_binaries, tool);
        return Environment.IsPrivilegedProcess
            ? Finish("runuser", ["-u", "postgres", "--", path, .. arguments])
            : Finish(path, arguments);
    }

    private async Task<(int Code, string Output)> Finish(string file, string[] arguments)
    {
        // Output goes through a file: the server would inherit a pipe and hold it open.
        var output = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.out");
        var quoted = string.Join(' ', new[] { file }.Concat(arguments).Select(a => $"'{a.Replace("'", "'\\''")}'"));
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec {quoted} > '{output}' 2>&1 < /dev/null"])
        {
            WorkingDirectory = _directory,
        })!;
        await process.WaitForExitAsync();
        var text = await File.ReadAllTextAsync(output);
        File.Delete(output);
        return (process.ExitCode, text);
    }
}
