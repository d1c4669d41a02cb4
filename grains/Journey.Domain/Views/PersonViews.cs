using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Boards;

namespace Journey.Domain.Views;

/// <summary>What a person keeps of boards. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(ViewKept), "views.kept.v1")]
[JsonDerivedType(typeof(ViewDeleted), "views.deleted.v1")]
[JsonDerivedType(typeof(ViewChosen), "views.chosen.v1")]
public abstract record ViewEvent
{
    public static readonly EventCodec<ViewEvent> Codec = new EventListCodec<ViewEvent>(ViewJsonContext.Default.EventListViewEvent);

    private protected ViewEvent() { }
}

/// <param name="Number">A new one, or that of the view which it replaces.</param>
public sealed record ViewKept(int Number, [property: Sensitive] string Name, BoardLayout Layout, DateTimeOffset At) : ViewEvent;
public sealed record ViewDeleted(int Number, DateTimeOffset At) : ViewEvent;

/// <param name="View">Null when it is by no view.</param>
/// <param name="Layout">Null when it is by a view; with neither the unit is shown as the policy says.</param>
public sealed record ViewChosen(string Unit, int? View, BoardLayout? Layout, DateTimeOffset At) : ViewEvent;

/// <summary>Every view of one person, and how they have each unit's board.</summary>
/// <param name="Last">The last number that was given.</param>
public sealed record PersonViews(ImmutableArray<SavedView> Views, ImmutableSortedDictionary<string, ViewChoice> Choices, int Last)
{
    /// <summary>Nobody keeps more views than this: they are chosen from a list.</summary>
    public const int Most = 20;

    public static readonly PersonViews None = new([], ImmutableSortedDictionary.Create<string, ViewChoice>(StringComparer.Ordinal), 0);

    public SavedView? View(int number) => Views.FirstOrDefault(view => view.Number == number);

    public Decision<ViewEvent> Keep(string name, BoardLayout layout, DateTimeOffset now)
    {
        var known = Views.FirstOrDefault(view => string.Equals(view.Name, name, StringComparison.OrdinalIgnoreCase));
        if (known is null && Views.Length >= Most)
            return new Refusal(RefusalCodes.TooManyViews, $"You keep {Most} views, as many as one person may. Delete one first.");
        return known?.Name == name && Layouts.AreSame(known.Layout, layout) ? default : new ViewKept(known?.Number ?? Last + 1, name, layout, now);
    }

    public Decision<ViewEvent> Delete(int number, DateTimeOffset now) => View(number) is null ? Unknown : new ViewDeleted(number, now);

    public Decision<ViewEvent> Choose(ViewChoice choice, DateTimeOffset now)
    {
        if (choice.View is { } number && View(number) is null) return Unknown;
        var before = Choices.GetValueOrDefault(choice.Unit);
        return before?.View == choice.View && Layouts.AreSame(before?.Layout, choice.Layout)
            ? default
            : new ViewChosen(choice.Unit, choice.View, choice.Layout, now);
    }

    public PersonViews Fold(ViewEvent e) => e switch
    {
        ViewKept x => this with
        {
            Views = View(x.Number) is { } known
                ? Views.Replace(known, new(x.Number, x.Name, x.Layout))
                : Views.Add(new(x.Number, x.Name, x.Layout)),
            Last = Math.Max(Last, x.Number),
        },
        ViewDeleted x => this with
        {
            Views = Views.RemoveAll(view => view.Number == x.Number),
            Choices = Choices.RemoveRange(Choices.Values.Where(choice => choice.View == x.Number).Select(choice => choice.Unit)),
        },
        ViewChosen { View: null, Layout: null } x => this with { Choices = Choices.Remove(x.Unit) },
        ViewChosen x => this with { Choices = Choices.SetItem(x.Unit, new(x.Unit, x.View, x.Layout)) },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    private static Refusal Unknown => new(RefusalCodes.ViewUnknown, "You keep no such view, or not any more.");
}

/// <summary>Layouts by what they say.</summary>
internal static class Layouts
{
    public static bool AreSame(BoardLayout? one, BoardLayout? other) => one is null || other is null
        ? one is null && other is null
        : (one.Sort, one.IsReversed, one.Density) == (other.Sort, other.IsReversed, other.Density)
            && one.Columns.SequenceEqual(other.Columns) && one.Only.SequenceEqual(other.Only) && one.Acuities.SequenceEqual(other.Acuities)
            && one.Steps.SequenceEqual(other.Steps) && one.Folded.SequenceEqual(other.Folded);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(EventList<ViewEvent>))]
internal sealed partial class ViewJsonContext : JsonSerializerContext;
