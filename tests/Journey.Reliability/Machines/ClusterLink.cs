using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Journey.Reliability.Machines;

/// <summary>A client of the cluster, to ask where a grain lives.</summary>
internal static class ClusterLink
{
    public static async Task<(IClusterClient Client, IAsyncDisposable Host)> Open(string connectionString, ClusterAuthority authority)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("journey", "journey"));
            client.UseAdoNetClustering(store => (store.Invariant, store.ConnectionString) = ("Npgsql", connectionString));
            // With a gateway's certificate; it calls as nobody.
            client.UseTls(tls =>
            {
                using var read = X509Certificate2.CreateFromPemFile(authority.CertificatePath(ClusterAuthority.Gateway),
                    authority.KeyPath(ClusterAuthority.Gateway));
                tls.LocalCertificate = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
                tls.OnAuthenticateAsClient = (_, options) => options.TargetHost = ClusterAuthority.Silo;
                // Whom it speaks to is what the silos' own checks are for.
                tls.AllowAnyRemoteCertificate();
            });
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(500, cancellation);
                return true;
            });
        });
        var host = builder.Build();
        await host.StartAsync();
        return (host.Services.GetRequiredService<IClusterClient>(), (IAsyncDisposable)host);
    }
}
