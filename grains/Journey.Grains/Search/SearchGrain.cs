using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Domain.Visits;
using Journey.Grains.Storage;
using Orleans.Concurrency;

namespace Journey.Grains.Search;

/// <summary>Reads cards for the gateway, which holds no key to the database.</summary>
/// <remarks>Reentrant: it has no state, so no invariant can break between two awaits.</remarks>
[StatelessWorker, Reentrant, GrainType("search")]
internal sealed class SearchGrain(ICards cards) : Grain, ISearchGrain
{
    public async Task<ImmutableArray<VisitRow>> ByNumber(string number) => Rows(await cards.ByNumber(number));

    public async Task<ImmutableArray<VisitRow>> Search(string query, int count)
    {
        var words = query.ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0 ? [] : Rows(await cards.Search(words, Math.Clamp(count, 1, ISearchGrain.Most)));
    }

    private static ImmutableArray<VisitRow> Rows(IReadOnlyList<VisitCard> found) => [.. found.Select(card => VisitJson.ReadRow(card.Row.Span))];
}
