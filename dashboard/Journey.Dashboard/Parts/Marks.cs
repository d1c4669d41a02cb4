using Journey.Api;
using Journey.Dashboard.Words;
using Microsoft.AspNetCore.Components;

namespace Journey.Dashboard.Parts;

/// <summary>
/// The shapes. One vocabulary everywhere: an open circle is well, a triangle is near, an octagon is over or critical; a diamond is a bed's state and
/// acuity has shapes of its own. All are decoration for the words beside them, so all are hidden from screen readers.
/// </summary>
public static class Marks
{
    private static readonly RenderFragment Ok = Svg("ok", """<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="2.4"/>""");
    private static readonly RenderFragment Near = Svg("near", """<path d="M8 1.2 15.4 14.4H.6Z" fill="currentColor"/>""");
    private static readonly RenderFragment Over = Svg("over",
        """<path d="M4.9.6h6.2l4.3 4.3v6.2l-4.3 4.3H4.9L.6 11.1V4.9Z" fill="currentColor"/><path d="M8 3.6v5.2M8 10.8v1.9" stroke="var(--on-mark)" stroke-width="2.2"/>""");
    private static readonly RenderFragment[] Acuities = [.. Enumerable.Range(1, 5).Select(AcuityShape)];

    public static RenderFragment ForLevel(Level level) => level switch { Level.Over => Over, Level.Near => Near, _ => Ok };

    public static RenderFragment Acuity(int acuity) => Acuities[Math.Clamp(acuity, 1, 5) - 1];

    public static RenderFragment Family { get; } = Svg("family",
        """<path d="M2 2.2h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H8.6L4.8 14.6v-3.4H2a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z" fill="currentColor"/><path d="M4.4 6.7h.1M8 6.7h.1M11.5 6.7h.1" stroke="var(--on-mark)" stroke-width="2" stroke-linecap="round"/>""");

    public static RenderFragment Tick { get; } =
        Svg("tick", """<path d="M2.5 8.5 6.4 12.4 13.6 3.8" fill="none" stroke="currentColor" stroke-width="2.4"/>""");

    public static RenderFragment Arrow { get; } =
        Svg("arrow", """<path d="M2 8h11M8.6 3.4 13.2 8l-4.6 4.6" fill="none" stroke="currentColor" stroke-width="2.2"/>""");

    public static RenderFragment Away { get; } =
        Svg("away", """<path d="M3 13 13 3M6 3h7v7" fill="none" stroke="currentColor" stroke-width="2.2"/>""");

    public static RenderFragment Lock { get; } =
        Svg("lock", """<path d="M3 7h10v8H3Z" fill="currentColor"/><path d="M5 7V4.6a3 3 0 0 1 6 0V7" fill="none" stroke="currentColor" stroke-width="2"/>""");

    /// <summary>Two who do not touch: a patient between owners.</summary>
    public static RenderFragment Between { get; } =
        Svg("between",
            """<circle cx="3.6" cy="8" r="2.8" fill="none" stroke="currentColor" stroke-width="1.8"/><circle cx="12.4" cy="8" r="2.8" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2 1.6"/>""");

    /// <summary>A question in a broken frame: what is shown may be wrong.</summary>
    public static RenderFragment Doubt { get; } =
        Svg("doubt",
            """<rect x="1" y="1" width="14" height="14" rx="3" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="3.4 2"/><path d="M5.6 6.2a2.4 2.4 0 1 1 3.6 2c-.8.5-1.2.9-1.2 1.8M8 11.6v1.4" fill="none" stroke="currentColor" stroke-width="1.9"/>""");

    /// <summary>A rung up the ladder.</summary>
    public static RenderFragment Rung { get; } =
        Svg("rung", """<path d="M8 14V3M3.4 7.4 8 2.6l4.6 4.8" fill="none" stroke="currentColor" stroke-width="2.4"/>""");

    public static RenderFragment Hold { get; } = Svg("hold", """<path d="M4.6 2.6v10.8M11.4 2.6v10.8" stroke="currentColor" stroke-width="3"/>""");

    public static RenderFragment Prompt { get; } =
        Svg("prompt", """<path d="M8 1.4 9.9 6l4.9.3-3.8 3.1 1.3 4.8L8 11.5l-4.3 2.7L5 9.4 1.2 6.3 6.1 6Z" fill="currentColor"/>""");

    public static RenderFragment Interpreter { get; } =
        Svg("interpreter",
            """<path d="M1.6 2.4h8v5.4h-4L3.4 10V7.8H1.6Z" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M7.6 10.2h6.8v3.4h-1.6v1.6l-2-1.6H7.6Z" fill="currentColor"/>""");

    public static RenderFragment Sound { get; } =
        Svg("sound",
            """<path d="M1 5.6h3.4L8.6 2v12L4.4 10.4H1Z" fill="currentColor"/><path d="M10.8 5.2a4 4 0 0 1 0 5.6M12.8 3a7 7 0 0 1 0 10" fill="none" stroke="currentColor" stroke-width="1.6"/>""");

    public static RenderFragment Silent { get; } =
        Svg("silent",
            """<path d="M1 5.6h3.4L8.6 2v12L4.4 10.4H1Z" fill="currentColor"/><path d="m10.6 5.6 4.8 4.8m0-4.8-4.8 4.8" stroke="currentColor" stroke-width="1.8"/>""");

    private static readonly RenderFragment BedClean =
        Svg("bed-clean", """<path d="M8 1.4 14.6 8 8 14.6 1.4 8Z" fill="none" stroke="currentColor" stroke-width="2"/>""");
    private static readonly RenderFragment BedDirty = Svg("bed-dirty", """<path d="M8 .6 15.4 8 8 15.4.6 8Z" fill="currentColor"/>""");
    private static readonly RenderFragment BedCleaning =
        Svg("bed-cleaning",
            """<path d="M8 1.4 14.6 8 8 14.6 1.4 8Z" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 1v14L1 8Z" fill="currentColor"/>""");
    private static readonly RenderFragment BedClosed =
        Svg("bed-closed", """<path d="M3 3l10 10M13 3 3 13" stroke="currentColor" stroke-width="2.6"/>""");
    private static readonly RenderFragment BedUnknown =
        Svg("bed-unknown",
            """<path d="M8 1.4 14.6 8 8 14.6 1.4 8Z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 1.8"/>""");

    public static RenderFragment Bed(string status) =>
        status switch
        {
            BedStatuses.Clean => BedClean,
            BedStatuses.Dirty => BedDirty,
            BedStatuses.Cleaning => BedCleaning,
            BedStatuses.Closed => BedClosed,
            _ => BedUnknown
        };

    /// <summary>
    /// How much of the time allowed is used up. An SVG, because a width in a style attribute would be refused by a strict content policy.
    /// </summary>
    public static RenderFragment Bar(Target target) => builder => builder.AddMarkupContent(0, FormattableString.Invariant(
        $"""<svg class="bar bar-{Name(target.Level)}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-room" width="100" height="6"/><rect class="bar-used" width="{target.Part * 100:0}" height="6"/><rect class="bar-warn" x="{target.WarnPart * 100:0}" width="1" height="6"/></svg>"""));

    public static string Name(Level level) => level switch { Level.Over => "over", Level.Near => "near", _ => "ok" };

    private static RenderFragment Svg(string name, string inner) =>
        builder => builder.AddMarkupContent(0, $"""<svg class="mark mark-{name}" viewBox="0 0 16 16" aria-hidden="true">{inner}</svg>""");

    private static RenderFragment AcuityShape(int acuity)
    {
        var shape = acuity switch
        {
            1 => """<path d="M14 0 28 14 14 28 0 14Z"/>""",
            2 => """<path d="M7.4 1h13.2L28 14l-7.4 13H7.4L0 14Z"/>""",
            3 => """<rect x="2" y="2" width="24" height="24"/>""",
            4 => """<circle cx="14" cy="14" r="13"/>""",
            _ => """<circle class="hollow" cx="14" cy="14" r="12"/>""",
        };
        return builder => builder.AddMarkupContent(0,
            $"""<svg class="acuity acuity-{acuity}" viewBox="0 0 28 28" aria-hidden="true">{shape}<text x="14" y="19.2" text-anchor="middle">{acuity}</text></svg>""");
    }
}
