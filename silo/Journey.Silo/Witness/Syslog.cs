using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Journey.Silo.Witness;

/// <summary>
/// One message to a syslog receiver: RFC 5424 over TLS (RFC 5425), each behind its length. A connection for each: there is one an hour.
/// </summary>
internal static class Syslog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="IOException">It could not be sent.</exception>
    /// <exception cref="SocketException">The same.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The receiver is not who it should be, or does not take
    /// us.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static async Task Send(SyslogOptions to, string message, CancellationToken stopping)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        ends.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(to.Host, to.Port, ends.Token);
        await using var stream = to.Plain ? (Stream)client.GetStream() : await Secured(client, to, ends.Token);
        var bytes = Encoding.UTF8.GetBytes(message);
        byte[] frame = [.. Encoding.ASCII.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + " "), .. bytes];
        await stream.WriteAsync(frame, ends.Token);
        await stream.FlushAsync(ends.Token);
        // Says that it is over, so that what is on its way arrives: a close alone may cut it off.
        if (stream is SslStream tls) await tls.ShutdownAsync();
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private static async Task<SslStream> Secured(TcpClient client, SyslogOptions to, CancellationToken cancellation)
    {
        var how = new SslClientAuthenticationOptions { TargetHost = to.Host, CertificateRevocationCheckMode = X509RevocationMode.NoCheck };
        if (to.AuthoritiesPath is { } authorities)
        {
            how.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck
            };
            how.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authorities);
        }

        if (to.CertificatePath is { } own) how.ClientCertificates = [X509Certificate2.CreateFromPemFile(own, own)];
        var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsClientAsync(how, cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
