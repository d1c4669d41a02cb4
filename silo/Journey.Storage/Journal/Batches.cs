using Journey.Contracts.Visits;

namespace Journey.Storage.Journal;

/// <summary>
/// Splits a batch so that no two commits of one transaction share a stream, a message or a card: inside one statement they could not see each other.
/// Order within a stream is kept. Nearly always it stays whole. Turns stand alone, after it.
/// </summary>
internal static class Batches
{
    public static IEnumerable<ArraySegment<Job>> Split(List<Job> batch)
    {
        var rest = batch.FindAll(job => job is not TurnJob);
        while (rest.Count > 0)
        {
            var fitting = new List<Job>(rest.Count);
            var later = new List<Job>();
            var streams = new HashSet<string>(rest.Count);
            var messages = new HashSet<MessageKey>();
            var cards = new HashSet<Guid>();
            foreach (var job in rest)
            {
                var fits = job switch
                {
                    // Keys are added even when the commit has to wait, so that a later one of the same stream waits behind it.
                    AppendJob { Commit: var c } => streams.Add(c.Stream)
                        & (c.Message is null || messages.Add(c.Message))
                        & (c.Card is null || cards.Add(c.Card.Visit)),
                    _ => true,
                };
                (fits ? fitting : later).Add(job);
            }

            yield return fitting.ToArray();
            rest = later;
        }

        foreach (var turn in batch.Where(job => job is TurnJob)) yield return new Job[] { turn };
    }
}
