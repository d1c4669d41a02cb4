using System.Text;
using Journey.Simulator;
using Journey.Simulator.Feed;
using Journey.Simulator.Hosting;
using Journey.Simulator.Model;
using Microsoft.Extensions.Logging;

var (line, error) = CommandLine.Parse(args);
if (line is null)
{
    Console.Error.WriteLine(error);
    return 2;
}

if (line.ShowHelp)
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

return line.Dump ? Dump(line, TimeProvider.System) : await Send(line, TimeProvider.System);

static int Dump(CommandLine line, TimeProvider clock)
{
    var options = line.Options;
    var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone));
    var start = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)).AddHours(-options.HistoryHours);
    var run = new Run(new Hospital(options.Seed, start) { Habits = Habits.Named(options.Habits)! });
    var timeline = Timeline.Begin(start, now, options.Speed);
    var rendering = new Hl7Rendering(run, timeline);
    using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
    foreach (var told in run.Hospital.Events().TakeWhile(e => timeline.Exact(e.At) <= now + (line.For ?? TimeSpan.Zero)))
    {
        if (rendering.Render(told) is { } message) output.WriteLine(Encoding.UTF8.GetString(message).Replace('\r', '\n'));
        else if (told is StaffEntered entry) output.WriteLine($"# {timeline.Wall(entry.At):O} {entry.VisitNumber} {entry.By}: {entry.Act}\n");
    }

    return 0;
}

static async Task<int> Send(CommandLine line, TimeProvider clock)
{
    using var logs = LoggerFactory.Create(builder => builder
        .AddSimpleConsole(console => console.SingleLine = true)
        .SetMinimumLevel(line.Verbose ? LogLevel.Debug : LogLevel.Information));
    using var stop = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        stop.Cancel();
    };

    var teller = new DemoTeller(line.Options, line.Options.BaseUrl is { } url ? new Uri(url) : null, clock, logs);
    var telling = teller.Run(clock.GetUtcNow() + line.For, stop.Token);
    var report = Report(teller.Tally, clock, telling);
    try
    {
        await report;
        return !await telling ? 3 : teller.Tally.Abandoned + teller.Tally.Failed == 0 ? 0 : 1;
    }
    catch (InvalidDataException e)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
}

static async Task Report(Tally tally, TimeProvider clock, Task telling)
{
    var (before, at) = (0L, clock.GetTimestamp());
    while (!telling.IsCompleted)
    {
        await Task.WhenAny(telling, Task.Delay(TimeSpan.FromSeconds(5), clock));
        var done = tally.Acked + tally.Rejected + tally.Entered + tally.Refused;
        Console.WriteLine($"{tally} | {(done - before) / clock.GetElapsedTime(at).TotalSeconds:0.0}/s");
        (before, at) = (done, clock.GetTimestamp());
    }
}
