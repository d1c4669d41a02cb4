namespace Journey.Domain.Policies;

/// <summary><c>hotline</c>: the clocks of the non-emergency line (URAC).</summary>
/// <param name="Answer">Ring to answer.</param>
/// <param name="Callback">Promise to call back → call.</param>
/// <param name="Abandoned">The share of calls that may be given up by the caller, 0–1.</param>
public sealed record HotlinePolicy(TimeSpan Answer, TimeSpan Callback, double Abandoned)
{
    public HotlinePolicy() : this(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30), 0.05) { }
}
