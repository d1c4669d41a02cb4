using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// A mail server that keeps what it is given. By the addressee it is told to be busy once or always, to refuse, or to break off after it has taken a
/// message.
/// </summary>
internal sealed class MailDrop : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, Ports.Free());
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private readonly Task _serving;

    public MailDrop()
    {
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every message taken: for whom, and its text as it came.</summary>
    public ConcurrentQueue<(string To, string Text)> Taken { get; } = new();

    /// <summary>How long it thinks before it answers for a message it has.</summary>
    public TimeSpan Thinks { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true) _ = Talk(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Talk(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 maildrop");
                var to = "";
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase)) to = line[9..line.IndexOf('>', StringComparison.Ordinal)];
                    var answer = line.Split(' ', ':')[0].ToUpperInvariant() switch
                    {
                        "RCPT" when to.StartsWith("never", StringComparison.Ordinal) => "550 no such mailbox",
                        "RCPT" when to.StartsWith("later", StringComparison.Ordinal) && _asked.AddOrUpdate(to, 1, (_, n) => n + 1) == 1 => "450 busy",
                        "RCPT" when to.StartsWith("busy", StringComparison.Ordinal) => "450 busy",
                        "DATA" => "354 go on",
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    };
                    await writer.WriteLineAsync(answer);
                    if (answer[0] == '2' && line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase)) return;
                    if (answer[0] != '3') continue;
                    var text = new StringBuilder();
                    string? part;
                    while ((part = await reader.ReadLineAsync(_stop.Token)) is not (null or ".")) text.AppendLine(part);
                    // What breaks off before its end is no mail, here as at any server.
                    if (part is null) return;
                    Taken.Enqueue((to, text.ToString()));
                    if (to.StartsWith("gone", StringComparison.Ordinal)) return;
                    await Task.Delay(Thinks, _stop.Token);
                    await writer.WriteLineAsync("250 taken");
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // Whoever was sending is gone.
            }
        }
    }
}
