using System.Diagnostics;

namespace Journey.Reliability.Machines;

/// <summary>Runs a program of the system and waits for its end.</summary>
internal static class Tool
{
    /// <exception cref="InvalidOperationException">It ended with anything but 0.</exception>
    public static async Task Run(string tool, params string[] arguments)
    {
        var (code, said) = await Try(tool, arguments);
        if (code != 0) throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)} ended with {code}: {said}");
    }

    public static async Task<(int Code, string Said)> Try(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output + errors).Trim());
    }
}
