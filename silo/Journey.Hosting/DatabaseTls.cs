using System.Net;
using Npgsql;

namespace Journey.Hosting;

/// <summary>
/// What goes to a database on another machine is encrypted, or somebody has said in so many words that it need not be. Npgsql by itself takes what
/// the server offers, and none where it offers none.
/// </summary>
public static class DatabaseTls
{
    /// <summary>What is wrong; null when nothing is, or when it is no connection string at all.</summary>
    public static string? Objection(string? connectionString, bool allowPlaintext, string key, string allow)
    {
        if (allowPlaintext || !TryRead(connectionString, out var connection)) return null;
        if (connection.SslMode is SslMode.Require or SslMode.VerifyCA or SslMode.VerifyFull
            || (connection.Host ?? "").Split(',', StringSplitOptions.TrimEntries).All(IsThisMachine)) return null;
        return $"The database of {key} is on another machine, and what goes there would not always be encrypted: add SSL Mode=VerifyFull and Root "
            + $"Certificate=…, or set {allow}=true where something else encrypts it.";
    }

    /// <summary>A host may carry a port, and a socket's folder begins with a slash.</summary>
    private static bool IsThisMachine(string host)
    {
        if (host is "" or ['/', ..] or ['@', ..]) return true;
        if (IPAddress.TryParse(host, out var bare)) return IPAddress.IsLoopback(bare);
        if (IPEndPoint.TryParse(host, out var withPort)) return IPAddress.IsLoopback(withPort.Address);
        var name = host.Split(':')[0];
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryRead(string? connectionString, out NpgsqlConnectionStringBuilder connection)
    {
        connection = new();
        try
        {
            connection.ConnectionString = connectionString ?? "";
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
