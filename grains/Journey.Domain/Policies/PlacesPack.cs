using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Policies;

/// <summary>Reads what places are for, how visits end, and after how long a silence.</summary>
internal static class PlacesPack
{
    public static PlacePolicy Place(PolicyNode node)
    {
        var place = new PlacePolicy(
            node.OptionalText("unit"), node.OptionalText("room"), node.OptionalText("bed"), node.Choice<PlaceKind>("kind"),
            node.Choice("department", Department.Unknown));
        node.RejectUnread();
        if (place is { Unit: null, Room: null, Bed: null }) node.Error("unit", "a place needs a unit, a room or a bed");
        return place;
    }

    /// <summary>By code, as PV1-36 sends it.</summary>
    public static ImmutableDictionary<string, DepartureKind> Dispositions(PolicyNode node)
    {
        var kinds = ImmutableDictionary.CreateBuilder<string, DepartureKind>();
        foreach (var code in node.Keys()) kinds[code] = node.Choice<DepartureKind>(code);
        node.RejectUnread();
        return kinds.ToImmutable();
    }

    public static ImmutableDictionary<PatientClass, TimeSpan> ByClass(PolicyNode node)
    {
        var durations = ImmutableDictionary.CreateBuilder<PatientClass, TimeSpan>();
        foreach (var key in node.Keys())
        {
            var duration = node.Duration(key, TimeSpan.Zero);
            if (node.Class(key) is { } kind && duration > TimeSpan.Zero) durations[kind] = duration;
        }

        node.RejectUnread();
        return durations.ToImmutable();
    }
}
