using System.Globalization;
using Journey.Reliability;
using Journey.Reliability.Faults;
using Journey.Reliability.Machines;

if (Settings.Read(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Usage);
    return 64;
}

if (await Network.Missing() is { } missing)
{
    Console.Error.WriteLine($"Cannot run here: {missing}.");
    return 69;
}

Console.WriteLine(Table.Head);
var wrong = 0;
// Patients who left stay on the boards for two days: a house that has seen a hundred rounds would have boards such as no hospital has.
foreach (var fault in settings.Faults)
{
    await using var house = await House.Open(fault.Plan);
    await using var rounds = await Rounds.On(house);
    wrong += await Run(rounds, house, fault);
}

return wrong == 0 ? 0 : 1;

async Task<int> Run(Rounds rounds, House house, Fault fault)
{
    var outcomes = new List<Outcome>();
    for (var run = 1; run <= settings.Runs; run++)
    {
        var outcome = await rounds.Run(fault, new Random(run), length: 1);
        outcomes.Add(outcome);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"  {fault.Name} {run}/{settings.Runs}: {outcome.Messages} messages, {outcome.Resent} sent again, slowest "
                + $"answer {outcome.SlowestAnswer.TotalSeconds:0.0} s, slowest on a board {outcome.SlowestSight.TotalSeconds:0.0} s, latest "
                + $"alert {outcome.LatestAlert.TotalSeconds:0.0} s, {outcome.Ends} ended"));
        foreach (var what in outcome.Wrong) await Console.Error.WriteLineAsync("    WRONG " + what);
        if (outcome.Wrong.Count == 0 && settings.Logs is null) continue;
        foreach (var service in house.Services)
            await File.WriteAllTextAsync(Path.Combine(settings.Logs
                ?? Path.GetTempPath(), $"journey-{fault.Name}-{run}-{service.Name.Replace(' ', '-')}.log"), service.Output);
    }

    Console.WriteLine(Table.Line(fault, outcomes));
    return outcomes.Sum(outcome => outcome.Wrong.Count);
}
