using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Wire;

namespace Journey.Gateway.Live.Views;

/// <summary>The list as the public contract has it.</summary>
internal static class GlassViews
{
    public static Api.GlassList List(GlassList list) => new(CareViews.Each(list.Entries, Entry), list.AsOf, list.Version)
    {
        Volumes = list.Volumes.IsDefault
            ? []
            : CareViews.Each(list.Volumes, v => new Api.GlassVolume(v.By.Name ?? v.By.Id, v.Count, v.From, v.To, v.IsLimit)),
    };

    private static Api.GlassEntry Entry(GlassEntry e) => new(
        e.Grant, e.Visit.Value, WireName<GlassState>.Dashed(e.State), e.By.Name ?? e.By.Id, e.Reason, e.Note, e.At, e.Unit, e.Confidential, e.Until,
        e.Review is { } r ? new(WireName<GlassVerdict>.Dashed(r.Verdict), r.By.Name ?? r.By.Id, r.At, r.Remark) : null);
}
