using System.Diagnostics;
using System.Globalization;
using Journey.Benchmarks.Harness;
using Journey.Benchmarks.Hosts;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Benchmarks;

/// <summary>What a visit costs in memory: while its grain and its patient's are awake, and once both sleep and only the board knows it.</summary>
internal static class Memory
{
    private const int Units = 40;

    public static async Task Run(Settings settings)
    {
        Report.Title("memory");
        var visits = settings.Visits ?? 20_000;
        await using var house = await House.Open(null);
        var intake = house.Grains.GetGrain<IIntakeGrain>(0);
        await Workers.Each(Units, 8, async i => await intake.Receive(Message(-1 - i)));
        var (before, workingBefore) = Live();
        var started = Stopwatch.GetTimestamp();
        await Workers.Each(visits, 64, async i => await intake.Receive(Message(i)));
        var created = Stopwatch.GetElapsedTime(started);
        var (awake, workingAwake) = Live();

        var management = house.Grains.GetGrain<IManagementGrain>(0);
        for (var i = 0; i < 10; i++)
        {
            await management.ForceActivationCollection(TimeSpan.Zero);
            await Task.Delay(500);
        }

        // The collection took the boards too; a look at each brings them back, as their reminders would.
        var rows = 0;
        for (var i = 0; i < Units; i++) rows += (await house.Grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit("M" + i)).Read()).Rows.Length;
        var active = await management.GetTotalActivationCount();
        var (asleep, workingAsleep) = Live();

        Report.Say($"{visits:N0} visits with their patients through the intake ({visits / created.TotalSeconds:N0}/s, SQLite) on {Units} units; {rows:N0} rows on boards and {active:N0} grains awake at the end.");
        Console.WriteLine("| | live heap | working set | per visit (heap) | 100,000 visits (heap) |");
        Console.WriteLine("|--|--:|--:|--:|--:|");
        Console.WriteLine($"| before | {Megabytes(before)} | {Megabytes(workingBefore)} | | |");
        Console.WriteLine(
            $"| visit and patient grains awake | {Megabytes(awake)} | {Megabytes(workingAwake)} | {PerVisit(awake)} | {Megabytes((long)((awake - before) * (100_000.0 / visits)))} |");
        Console.WriteLine(
            $"| asleep, on the board | {Megabytes(asleep)} | {Megabytes(workingAsleep)} | {PerVisit(asleep)} | {Megabytes((long)((asleep - before) * (100_000.0 / visits)))} |");
        Console.WriteLine();
        var each = (asleep - before) / (double)visits;
        Report.Budgets(new Budget("a quiet active visit once idle", "< 4,096 bytes", each.ToString("N0", CultureInfo.InvariantCulture) + " bytes",
            each < 4096 && rows >= visits));

        string PerVisit(long heap) => ((heap - before) / visits).ToString("N0", CultureInfo.InvariantCulture) + " bytes";
    }

    private static FeedMessage Message(int number)
    {
        var now = Some.Now;
        var control = "M" + number.ToString(CultureInfo.InvariantCulture);
        var id = new CommandId(NameBasedGuid.Create(NameBasedGuid.Namespace, "bench", control));
        var arrival = Some.Arrival(Math.Abs(number), "M" + Math.Abs(number) % Units, now) with
        {
            Patient = null,
            Message = new MessageKey("BENCH", control)
        };
        arrival = arrival with { Details = arrival.Details with { Number = "V" + control } };
        var patient = new PatientId(NameBasedGuid.Create(NameBasedGuid.Namespace, "bench-patient", control));
        return new(id, new MessageRecord("bench", "BENCH", control, "ADT^A04", now, new byte[] { 1 }),
            [new About(new PatientFacts { Id = patient, Number = control, FamilyName = "Family" + number, GivenName = "Given",
                BirthDate = new DateOnly(1950, 1, 1), Sex = "F", Language = "EN" },
                VisitIntent.Opens, arrival)]);
    }

    private static (long Heap, long WorkingSet) Live()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }

    private static string Megabytes(long bytes) => (bytes / (double)(1 << 20)).ToString("N1", CultureInfo.InvariantCulture) + " MB";
}
