using Journey.Contracts.Access;

namespace Journey.Contracts.Visits;

public partial interface IVisitGrain
{
    /// <summary>Only by way of <see cref="IGlassGrain.Break"/>, which puts it on the list first.</summary>
    [Alias("break-glass"), Answers(Askers.HouseForSomebody)] Task<GlassAnswer> BreakGlass(BreakGlass command);
    [Alias("review-glass"), Answers(Askers.HouseForSomebody)] Task<Outcome> ReviewGlass(ReviewGlass command);
}
