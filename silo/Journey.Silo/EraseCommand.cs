using System.Globalization;
using System.Text.RegularExpressions;
using Journey.Contracts;
using Journey.Storage.Erasing;
using Journey.Storage.Sealing;

namespace Journey.Silo;

/// <summary>
/// <c>erase</c>: erases a person from the store that the settings name, while no silo uses it, and proves that words are nowhere in it. What names
/// somebody is read from the standard input: command lines are seen by everybody on a machine, and stay in histories.
/// </summary>
public static partial class EraseCommand
{
    public const string Verb = "erase";
    private const string Patient = "--patient=", Identifier = "--identifier", By = "--by=", Reason = "--reason=", Yes = "--yes", Again = "--again",
        Scrub = "--scrub", Prove = "--prove", File = "--file=";
    private const int Left = 1;

    private static readonly string[] Own = [Patient, Identifier, By, Reason, Yes, Again, Scrub, Prove, File];

    public static async Task<int> Run(string[] args)
    {
        var own = args[1..].Where(arg => Own.Any(known => known.EndsWith('=') ? arg.StartsWith(known, StringComparison.Ordinal) : arg == known))
            .ToArray();
        var settings = args[1..].Except(own).ToArray();
        if (settings.Any(arg => !arg.StartsWith("--Journey:", StringComparison.OrdinalIgnoreCase))) return await Usage();
        return own switch
        {
            [Again] => await StoreCommand.Run(settings, Repeat),
            [Scrub] => await StoreCommand.Run(settings, async services =>
            {
                await services.GetRequiredService<Eraser>().RefuseWhileInUse();
                return await ScrubAll(services.GetRequiredService<Eraser>());
            }),
            [Prove, ..] when own[1..].All(arg => arg.StartsWith(File, StringComparison.Ordinal)) =>
                await StoreCommand.Run(settings, services => Search(services, [.. own[1..].Select(arg => arg[File.Length..])])),
            _ when own.Contains(Again) || own.Contains(Scrub) || own.Contains(Prove) => await Usage(),
            _ => await Erase(own, settings),
        };
    }

    private static Task<int> Usage() => StoreCommand.Usage(
        """
        erase --patient=<id> | --identifier --by=<who> --reason=<word or case number> [--yes]   looks what there is of somebody; with --yes erases it.
                                     --identifier reads one line from the standard input: <authority>/<number>, such as NORTH/4711
                      erase --again           erases anew what a restored backup has brought back
                      erase --scrub           takes what was overwritten out of the files
                      erase --prove [--file=<dump or backup>…]   reads words from the standard input, one a line, and says where they are
                    each with [--Journey:Storage:Provider=… --Journey:Storage:ConnectionString=… --Journey:DataDirectory=… --Journey:Storage:KeyRing=… --Journey:Audit:KeyFile=…]
        """);

    private static async Task<int> Erase(string[] own, string[] settings)
    {
        var (by, reason) = (Value(own, By), Value(own, Reason));
        if (by is null || reason is null || !Word().IsMatch(by) || !Word().IsMatch(reason)
            || own.Contains(Identifier) == (Value(own, Patient) is not null)) return await Usage();
        if (await Person(own) is not { } person) return await Usage();
        return await StoreCommand.Run(settings, async services =>
        {
            var (eraser, clock) = (services.GetRequiredService<Eraser>(), services.GetService<TimeProvider>() ?? TimeProvider.System);
            await eraser.RefuseWhileInUse();
            await Ready(services);
            await services.GetRequiredService<ErasureDesk>().Again();
            if (await eraser.Look([person], Guid.NewGuid(), clock.GetUtcNow(), by, reason) is not { } erasure)
            {
                Console.WriteLine("Nothing is known of them.");
                return Left;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Person {person}: identifiers: {erasure.Patients.Count}, visits: {erasure.Visits.Count}."));
            if (!own.Contains(Yes))
            {
                Console.WriteLine("Nothing was erased: say --yes. It cannot be taken back.");
                return 0;
            }

            var result = await services.GetRequiredService<ErasureDesk>().Erase(erasure, person.Value);
            Console.WriteLine($"Erased: {result}. Erasure {erasure.Id:N} is in the trail, and in the list beside the keys: back that up now.");
            return await ScrubAll(eraser);
        });
    }

    private static async Task<int> Repeat(IServiceProvider services)
    {
        await services.GetRequiredService<Eraser>().RefuseWhileInUse();
        await Ready(services);
        var again = await services.GetRequiredService<ErasureDesk>().Again();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{again} erasures were carried out again."));
        return await ScrubAll(services.GetRequiredService<Eraser>());
    }

    private static async Task Ready(IServiceProvider services)
    {
        await services.GetRequiredService<Storage.Schema.IMigrator>().Migrate();
        await services.GetRequiredService<RingCheck>().Check();
    }

    private static async Task<int> ScrubAll(Eraser eraser)
    {
        if (await eraser.Scrub())
        {
            Console.WriteLine("What was overwritten is out of the files. Backups that are older hold it as long as they are kept.");
            return 0;
        }

        Console.WriteLine("What was overwritten lies in the files until the tables' owner says 'erase --scrub'.");
        return Left;
    }

    private static async Task<int> Search(IServiceProvider services, string[] files)
    {
        var words = new List<string>();
        while (await Console.In.ReadLineAsync() is { } line)
            if (line.Trim().Length > 0) words.Add(line.Trim());
        if (words.Count == 0) return await Usage();
        var proof = services.GetRequiredService<ErasureProof>();
        var found = files.Length == 0 ? await proof.Search(words) : ErasureProof.Search(words, files);
        foreach (var place in found)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FOUND line {place.Word + 1} of the input in {place.Where}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{words.Count} words looked for, {found.Select(place => place.Word).Distinct().Count()} found."));
        return found.Count == 0 ? 0 : Left;
    }

    private static async Task<PatientId?> Person(string[] own)
    {
        if (Value(own, Patient) is { } id) return Guid.TryParse(id, out var known) ? new PatientId(known) : null;
        var line = await Console.In.ReadLineAsync() ?? "";
        var end = line.IndexOf('/', StringComparison.Ordinal);
        if (end <= 0 || end == line.Length - 1) return null;
        string[] authority = [.. line[..end].Split('&').Select(part => part.Trim().ToUpperInvariant())];
        return PatientId.From(authority[0], authority.ElementAtOrDefault(1) ?? "", authority.ElementAtOrDefault(2) ?? "", line[(end + 1)..].Trim());
    }

    private static string? Value(string[] own, string name) => Array.Find(own, arg => arg.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

    /// <summary>Goes into the trail, which keeps no names of patients: a word, and no sentence.</summary>
    [GeneratedRegex("^[A-Za-z0-9._@/-]{1,64}$")]
    private static partial Regex Word();
}
