using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Journey.Hosting;

/// <summary>
/// Bounds how long a process takes to stop. What waits for a database or a cluster that is gone may wait for minutes, each part with a patience of
/// its own. Nothing that was acknowledged is lost by ending at once: it is durable before it is acknowledged.
/// </summary>
public static class TimelyStop
{
    /// <summary>How long the parts have, unless <c>shutdownTimeoutSeconds</c> says otherwise.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What is given for letting go of everything after that.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>As sysexits.h has it: temporary failure.</summary>
    private const int Unfinished = 75;

    /// <summary>Sets the patience of this host.</summary>
    public static void AddTimelyStop(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["shutdownTimeoutSeconds"] is null) builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Patience);
    }

    /// <summary>For an executable only: ends the process when stopping takes longer than the host's patience and a little.</summary>
    public static void StopInTime(this WebApplication app)
    {
        var patience = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + Rest;
        app.Lifetime.ApplicationStopping.Register(() => new Thread(() => End(patience)) { IsBackground = true, Name = "journey-stop" }.Start());
    }

    /// <summary>On a thread of its own, which ends with the process: the pool may be what hangs.</summary>
    private static void End(TimeSpan patience)
    {
        Thread.Sleep(patience);
        Console.Error
            .WriteLine($"Stopping took longer than {patience.TotalSeconds:0} s, so the process ends now. Nothing that was acknowledged is lost.");
        Environment.Exit(Unfinished);
    }
}
