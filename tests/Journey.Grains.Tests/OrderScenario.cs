using Journey.Contracts.Visits;

namespace Journey.Grains.Tests;

/// <summary>Messages in every order, and at once.</summary>
public abstract class OrderScenario(Cluster cluster) : PersonScenario(cluster)
{
    private const int Races = 12;

    /// <summary>Each order, with people of its own.</summary>
    protected async Task InEveryOrder(Func<Func<Task>[]> story, Func<Task> then)
    {
        foreach (var order in Orders(story().Length))
        {
            StartAnew();
            var messages = story();
            foreach (var at in order) await messages[at]();
            await Holds(then, $"In the order {string.Join(' ', order.Select(at => at + 1))}");
        }
    }

    protected async Task AtOnce(Func<Func<Task>[]> story, Func<Task> then)
    {
        for (var race = 0; race < Races; race++)
        {
            StartAnew();
            var messages = story();
            await Task.WhenAll(messages.Select(message => Task.Run(message, TestContext.Current.CancellationToken)));
            await Holds(then, $"Race {race}");
        }
    }

    private static async Task Holds(Func<Task> then, string when)
    {
        try
        {
            await then();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{when}: {e.Message}", e);
        }
    }

    private static IEnumerable<int[]> Orders(int count) =>
        count == 0 ? [[]] : Orders(count - 1)
        .SelectMany(order => Enumerable.Range(0, count).Select(at => (int[])[.. order[..at], count - 1, .. order[at..]]));

    protected async Task OneRow(Func<VisitRow, bool> until)
    {
        await Rows(rows => rows is [var only] && until(only));
        // Boards are told after the commits, and nothing says that no more comes: a second row would come within the few milliseconds that one notice
        // takes.
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await Rows(rows => rows is [var only] && until(only));
    }
}
