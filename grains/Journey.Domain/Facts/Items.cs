using System.Collections.Immutable;

namespace Journey.Domain.Facts;

/// <summary>Lists of what is owed or told.</summary>
internal static class Items
{
    /// <summary>The list with those changed that are meant, in their order.</summary>
    public static ImmutableArray<T> Map<T>(ImmutableArray<T> all, Func<T, bool> which, Func<T, T> change)
    {
        for (var i = 0; i < all.Length; i++)
            if (which(all[i])) all = all.SetItem(i, change(all[i]));
        return all;
    }
}
