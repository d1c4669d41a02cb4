using Journey.Benchmarks;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;

if (args is [LoadClient.Verb, ..]) return await LoadClient.Serve(args);
if (args is [FarWatchers.Argument, .. var watch])
{
    await FarWatchers.Be(watch);
    return 0;
}

if (Settings.Read(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Usage);
    return 64;
}

Report.Machine(Postgres.Version());
foreach (var what in settings.What)
{
    await (what switch
    {
        "parse" => Parsing.Run(settings),
        "commit" => Committing.Run(settings),
        "audit" => Auditing.Run(settings),
        "trust" => Trusting.Run(settings),
        "mllp" => Feeding.Run(settings),
        "watch" => Watching.Run(settings),
        "renew" => Renewing.Run(settings),
        "paint" => Painting.Run(settings),
        "deadlines" => Deadlines.Run(settings),
        "memory" => Memory.Run(settings),
        "cold" => Warming.Run(settings),
        "curve" => Growing.Run(settings),
        "load" => Loading.Run(settings),
        _ => Starting.Run(settings),
    });
}

return 0;
