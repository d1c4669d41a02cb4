using Journey.Hl7;

namespace Journey.Gateway.Feeds.Listening;

/// <summary>Composes acknowledgements: at most one per message, the one its sender waits for.</summary>
internal sealed class Answers(TimeProvider clock)
{
    private long _last = clock.GetUtcNow().UtcTicks;

    /// <summary>
    /// Original mode: AA, AE or AR. Enhanced mode: the application's answer where MSH-16 asks for it, else the commit's where MSH-15 does.
    /// With <paramref name="always"/> the application's answer, whatever they ask: some senders ask for none and wait for it.
    /// Both at once would be two frames for one; what is durable here is applied too, so the application's answer says it all.
    /// </summary>
    public byte[] To(Hl7Message message, AckCode code, bool always, params IReadOnlyList<Hl7Error> errors)
    {
        if (message.UsesEnhancedMode && !always)
        {
            var success = code == AckCode.AA;
            if (!message.ApplicationAck.Wants(success))
            {
                if (!message.AcceptAck.Wants(success)) return [];
                code = code switch { AckCode.AA => AckCode.CA, AckCode.AE => AckCode.CE, _ => AckCode.CR };
            }
        }

        return Acknowledgement.Create(message, code, clock.GetUtcNow(), NextId(), errors);
    }

    public byte[] ToUnreadable(ReadOnlyMemory<byte> bytes, Hl7Error error) =>
        Acknowledgement.ForUnparsable(bytes, error, clock.GetUtcNow(), NextId());

    public byte[] ToBatch(Hl7Batch batch, IReadOnlyCollection<ReadOnlyMemory<byte>> answers) =>
        Acknowledgement.ForBatch(batch, answers, clock.GetUtcNow(), NextId());

    private string NextId() => "J" + Interlocked.Increment(ref _last).ToString("X", System.Globalization.CultureInfo.InvariantCulture);
}
