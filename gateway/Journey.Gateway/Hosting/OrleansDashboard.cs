using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Guards;
using Orleans.Dashboard;

namespace Journey.Gateway.Hosting;

/// <summary>
/// The Orleans Dashboard at <c>/orleans/</c>, for administrators. Off unless <c>Journey:Orleans:Dashboard</c> is true, on the gateway and on every
/// silo.
/// </summary>
internal static class OrleansDashboard
{
    private const string Path = ServicePaths.ClusterDashboard;

    public static bool ShowsCluster(this IConfiguration configuration) => configuration.GetValue<bool>("Journey:Orleans:Dashboard");

    public static void ShowCluster(this IClientBuilder client, IConfiguration configuration)
    {
        if (configuration.ShowsCluster()) client.AddDashboard(options => options.HideTrace = true);
    }

    /// <summary>
    /// The dashboard can show the state of a grain by its key. That state is a patient's, so its address for it is answered with 404. The stream of
    /// logs is hidden too.
    /// </summary>
    public static void MapOrleansDashboard(this WebApplication app)
    {
        if (!app.Configuration.ShowsCluster()) return;
        app.MapOrleansDashboard(Path).Needs(Operation.WatchCluster).ExcludeFromDescription().AddEndpointFilter(async (context, next) =>
            context.HttpContext.Request.Path.StartsWithSegments(Path + "/GrainState") ? TypedResults.NotFound() : await next(context));
    }
}
