using Journey.Gateway.Cluster.Calls;

namespace Journey.Gateway.Cluster;

internal static class ClusterSetup
{
    /// <summary>The host provides the way to the grains, an <see cref="IGrainFactory"/>.</summary>
    public static void AddCluster(this IServiceCollection services)
    {
        services.AddSingleton<CallPipeline>();
        services.AddSingleton<JourneyCluster>();
    }
}
