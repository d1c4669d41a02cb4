namespace Journey.Themes;

/// <summary>From what confidence on a theme is suggested.</summary>
internal static class Cut
{
    /// <summary>
    /// The confidence at which F1 is greatest among what was judged; 1 when none of them has the theme. A model's "half sure" is far too much to ask
    /// of a theme that is seldom.
    /// </summary>
    public static float Best(IEnumerable<(float Confidence, bool Has)> judged)
    {
        var falling = judged.OrderByDescending(one => one.Confidence).ToList();
        var (all, found, best, cut) = (falling.Count(one => one.Has), 0, 0.0, 1f);
        for (var i = 0; i < falling.Count; i++)
        {
            if (falling[i].Has) found++;
            // Those of one confidence are suggested together or not at all.
            if (i + 1 < falling.Count && falling[i + 1].Confidence == falling[i].Confidence) continue;
            var f1 = 2.0 * found / (i + 1 + all);
            if (f1 <= best) continue;
            best = f1;
            cut = i + 1 < falling.Count ? (falling[i].Confidence + falling[i + 1].Confidence) / 2 : falling[i].Confidence;
        }

        return cut;
    }
}
