using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Journey.Hl7.Mllp;

namespace Journey.Reliability.Load;

/// <summary>A message that was acknowledged with AA.</summary>
/// <param name="Unit">Whose board shows it.</param>
/// <param name="SentAt">When it was first sent; <see cref="Stopwatch"/>.</param>
/// <param name="AcceptedAt">When AA was read.</param>
internal readonly record struct Accepted(string ControlId, int Mark, string Visit, string Unit, long SentAt, long AcceptedAt);

/// <summary>
/// A hospital system with patients of its own: they arrive, are moved, their records change, they leave. One message at a time, in order, over one
/// connection; what is not answered with AA is sent again, the very same bytes, at whichever gateway answers, until it is.
/// </summary>
internal sealed class Sender(int index, IReadOnlyList<(string Host, int Port)> gateways, IReadOnlyList<string> units, double perSecond)
{
    private readonly int _number = index;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly MllpClientOptions Line = new() { Timeout = TimeSpan.FromSeconds(10) };
    private static int _marks;

    private readonly PriorityQueue<(PatientStay Stay, int Step), DateTimeOffset> _agenda = new();
    private readonly HashSet<(string Unit, int Bed)> _taken = [];
    private readonly string _application = "HIS" + index;
    private readonly string _run = $"{index}{Stopwatch.GetTimestamp() % 1_000_000_000:000000000}";
    private MllpClient? _client;
    private int _gateway = index;
    private int _visits;
    private int _messages;
    private volatile bool _ending;

    /// <summary>All visits of this round.</summary>
    public List<PatientStay> Stays { get; } = [];

    /// <summary>All acknowledged messages of this round, in order.</summary>
    public List<Accepted> Log { get; } = [];

    /// <summary>How often a message was sent again.</summary>
    public int Resent { get; private set; }

    /// <summary>Sends until <see cref="End"/>; then those whose time is up leave, and the others stay.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        try
        {
            while (!_ending && await pace.WaitForNextTickAsync(cancellation))
            {
                if (_agenda.TryPeek(out _, out var due) && due <= Now) await Next(cancellation);
                else await Arrive(cancellation);
            }

            while (_agenda.Count > 0)
            {
                _agenda.TryPeek(out _, out var due);
                if (due > Now) await Task.Delay(due - Now, cancellation);
                await Next(cancellation);
            }
        }
        finally
        {
            if (_client is not null) await _client.DisposeAsync();
            _client = null;
        }
    }

    /// <summary>No new patients; those who were to leave still do.</summary>
    public void End() => _ending = true;

    /// <summary>Everybody leaves, and the next round begins with an empty house.</summary>
    public async Task Clear(CancellationToken cancellation)
    {
        foreach (var stay in Stays.Where(stay => stay.LeftAt is null)) await Leave(stay, cancellation);
        Stays.Clear();
        Log.Clear();
        (Resent, _ending) = (0, false);
        if (_client is not null) await _client.DisposeAsync();
        _client = null;
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task Arrive(CancellationToken cancellation)
    {
        var kind = _visits++ % 3;
        // One in three is gone before the alert is due, one after it, one stays.
        var stay = new PatientStay($"V{_run}{_visits:0000}",
            Now)
        { For = kind switch { 0 => Rules.AlertAfter * 0.4, 1 => Rules.AlertAfter * 1.8, _ => null }, Turn = (Turn)(_visits / 3 % 4) };
        Stays.Add(stay);
        Place(stay);
        await Send(stay, "A04", cancellation);
        Plan(stay, 1);
    }

    private async Task Next(CancellationToken cancellation)
    {
        var (stay, step) = _agenda.Dequeue();
        if (stay.For is { } length && Now - stay.ArrivedAt >= length)
        {
            await Leave(stay, cancellation);
            return;
        }

        if (step == 2)
        {
            var before = (stay.Unit, stay.Bed);
            Place(stay);
            await Send(stay, "A02", cancellation);
            _taken.Remove(before);
        }
        else if (step == 3 && stay.Turn != Turn.None)
        {
            stay = await Turns(stay, cancellation);
        }
        else
        {
            await Send(stay, "A08", cancellation);
        }

        Plan(stay, step + 1);
    }

    /// <summary>The visit that goes on.</summary>
    private async Task<PatientStay> Turns(PatientStay stay, CancellationToken cancellation)
    {
        switch (stay.Turn)
        {
            case Turn.Merged:
                var retired = stay.Person;
                stay.Person = "Q" + stay.Number;
                await Send(stay, "A40", cancellation, retired);
                // One desk has not heard of it yet.
                stay.Person = retired;
                break;
            case Turn.MovedByMistake:
                var (unit, bed) = (stay.Unit, stay.Bed);
                Place(stay);
                await Send(stay, "A02", cancellation);
                _taken.Remove((stay.Unit, stay.Bed));
                (stay.Unit, stay.Bed) = (unit, bed);
                await Send(stay, "A12", cancellation);
                break;
            case Turn.AdmittedAnew:
                var admission = new PatientStay("I" + stay.Number[1..], stay.ArrivedAt) { Person = stay.Person, For = stay.For, IsAdmission = true };
                Place(admission);
                stay.LeavingAt = Now;
                await Send(admission, "A01", cancellation);
                stay.LeftAt = Now;
                _taken.Remove((stay.Unit, stay.Bed));
                Stays.Add(admission);
                return admission;
        }

        await Send(stay, "A08", cancellation);
        return stay;
    }

    /// <summary>Four steps; then nothing but the end.</summary>
    private void Plan(PatientStay stay, int step)
    {
        if (step <= 4) _agenda.Enqueue((stay, step), Now + Rules.AlertAfter * 0.15);
        else if (stay.For is { } length) _agenda.Enqueue((stay, step), stay.ArrivedAt + length);
    }

    private async Task Leave(PatientStay stay, CancellationToken cancellation)
    {
        stay.LeavingAt = Now;
        await Send(stay, "A03", cancellation);
        stay.LeftAt = Now;
        _taken.Remove((stay.Unit, stay.Bed));
    }

    /// <summary>Beds are a sender's own: two systems that give away the same bed would be another test.</summary>
    private void Place(PatientStay stay)
    {
        var unit = units[(_messages + _number) % units.Count];
        var bed = 1;
        while (!_taken.Add((unit, bed))) bed++;
        (stay.Unit, stay.Bed) = (unit, bed);
    }

    /// <param name="retired">The identifier that a merge gives up.</param>
    private async Task Send(PatientStay stay, string trigger, CancellationToken cancellation, string? retired = null)
    {
        stay.Mark = Interlocked.Increment(ref _marks);
        var id = $"S{_run}{++_messages:000000}";
        var bytes = Message(stay, trigger, id, retired);
        var sent = Stopwatch.GetTimestamp();
        while (!await Try(bytes, id, cancellation))
        {
            Resent++;
            await Task.Delay(Pause, cancellation);
        }

        // A merge shows on no board.
        Log.Add(new(id, stay.Mark, stay.Number, retired is null ? stay.Unit : "", sent, Stopwatch.GetTimestamp()));
    }

    private async Task<bool> Try(byte[] bytes, string id, CancellationToken cancellation)
    {
        try
        {
            if (_client is null)
            {
                var (host, port) = gateways[_gateway++ % gateways.Count];
                _client = await MllpClient.ConnectAsync(host, port, Line, cancellation);
            }

            var answer = Encoding.Latin1.GetString((await _client.SendAsync(bytes, cancellation)).Span);
            var fields = answer.Split('\r').First(line => line.StartsWith("MSA|", StringComparison.Ordinal)).Split('|');
            if (fields[2] != id) throw new InvalidOperationException($"{id} was answered for {fields[2]}.");
            if (fields[1] is not ("AA" or "AE")) throw new InvalidOperationException($"{id} was answered with {answer}.");
            return fields[1] == "AA";
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException or ObjectDisposedException)
        {
            if (_client is not null) await _client.DisposeAsync();
            _client = null;
            return false;
        }
    }

    private byte[] Message(PatientStay stay, string trigger, string id, string? retired)
    {
        var now = Now.ToString("yyyyMMddHHmmss.fff", CultureInfo.InvariantCulture) + "+0000";
        var arrived = stay.ArrivedAt.ToString("yyyyMMddHHmmss.fff", CultureInfo.InvariantCulture) + "+0000";
        var rest = retired is not null ? $"MRG|{retired}^^^MAIN^MR" : string.Create(CultureInfo.InvariantCulture, $"""
            NK1|1|Invented^Ivo|SPO
            PV1|1|{(stay.IsAdmission ? 'I' : 'E')}|{stay.Unit}^R{_number}^{_number}-{stay.Bed}^MAIN||||D{stay.Mark}^Mark{stay.Mark}||||||||||||{stay.Number}|||||||||||||||||||||||||{(trigger == "A01" ? now : arrived)}{(trigger == "A03" ? "|" + now : "")}
            """);
        return Encoding.UTF8.GetBytes($"""
            MSH|^~\&|{_application}|MAIN|JOURNEY|MAIN|{now}||ADT^{trigger}|{id}|P|2.5.1
            EVN|{trigger}|{now}||||{now}
            PID|1||{stay.Person}^^^MAIN^MR||Invented^Ida||19700101|F
            {rest}
            """.ReplaceLineEndings("\r") + "\r");
    }
}
