using System.Net;
using Microsoft.AspNetCore.Components;

namespace Journey.Dashboard.Charts;

/// <summary>Words in a picture: the element for them is called as one of Razor's own, which would swallow it.</summary>
internal static class ChartText
{
    /// <param name="anchor">Which end of the words stands there: <c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public static MarkupString At(double x, double y, string anchor, string words) => new(
        $"<text class=\"chart-text\" x=\"{Axis.Text(x)}\" y=\"{Axis.Text(y)}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(words)}</text>");
}
