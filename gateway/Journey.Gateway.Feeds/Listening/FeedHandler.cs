using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Feeds.Mapping;
using Journey.Gateway.Feeds.Monitoring;
using Journey.Gateway.Feeds.Profiles;
using Journey.Hl7;
using Journey.Hl7.Mllp;

namespace Journey.Gateway.Feeds.Listening;

/// <summary>
/// From frame to acknowledgement. AA is sent only after the grains have answered, and they answer only when the message is durable.
/// </summary>
internal sealed partial class FeedHandler(FeedDirectory directory, FeedConnections connections, FeedMonitor monitor, MessageIntake intake,
    Refusals refusals, Answers answers, ILogger<FeedHandler> log) : IMllpHandler
{
    private static readonly Hl7Error SendAgain =
        new(Hl7ErrorCode.ApplicationInternalError, new("MSH"), "The message could not be stored; send it again.");
    private static readonly Hl7Error Parked =
        new(Hl7ErrorCode.ApplicationInternalError, new("MSH"),
            "Carrying the message out failed repeatedly. It is kept in the message log; go on with the next.");

    private static readonly Hl7Error UnknownSender =
        new(Hl7ErrorCode.TableValueNotFound, new("MSH", 1, 3),
            "No feed with this sending application and facility (MSH-3, MSH-4) is configured here.");
    private static readonly Hl7Error AnothersName =
        new(Hl7ErrorCode.TableValueNotFound, new("MSH", 1, 3),
            "The feed with this sending application and facility (MSH-3, MSH-4) sends from another address, or with another certificate.");

    public async ValueTask<MllpReply> Handle(MllpFrame frame, CancellationToken cancellationToken)
    {
        if (Hl7Batch.IsSingleMessage(frame.Payload.Span)) return (await One(frame, frame.Payload, false, cancellationToken)).Reply;
        var batch = Hl7Batch.Split(frame.Payload);
        if (!batch.HasEnvelope && batch.Messages.Count <= 1) return (await One(frame, frame.Payload, false, cancellationToken)).Reply;
        return await Batch(frame, batch, cancellationToken);
    }

    /// <summary>One batch in reply. When the store is away it is not asked again for each of the rest; their sender repeats them all.</summary>
    private async Task<byte[]> Batch(MllpFrame frame, Hl7Batch batch, CancellationToken cancellation)
    {
        var replies = new List<ReadOnlyMemory<byte>>();
        var isAway = false;
        foreach (var message in batch.Messages)
        {
            var (reply, uncertain) = await One(frame, message.Bytes, isAway, cancellation);
            isAway |= uncertain;
            if (reply.Length > 0) replies.Add(reply);
        }

        return answers.ToBatch(batch, replies);
    }

    private async Task<(byte[] Reply, bool Uncertain)> One(MllpFrame frame, ReadOnlyMemory<byte> bytes, bool isAway, CancellationToken cancellation)
    {
        using var activity = GatewayMetrics.Source.StartActivity("feed message", ActivityKind.Consumer);
        var started = Stopwatch.GetTimestamp();
        var (type, result, reply, uncertain) = await Answer(frame, bytes, isAway, cancellation);
        activity?.SetTag("journey.message.type", type).SetTag("journey.message.result", result);
        if (uncertain) activity?.SetStatus(ActivityStatusCode.Error);
        GatewayMetrics.Messages.Add(1, new("type", type), new("result", result));
        GatewayMetrics.AckLatency.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        return (reply, uncertain);
    }

    private async Task<(string Type, string Result, byte[] Reply, bool Uncertain)> Answer(MllpFrame frame, ReadOnlyMemory<byte> bytes, bool isAway,
        CancellationToken cancellation)
    {
        if (!Hl7Message.TryParse(bytes, out var message, out var error))
        {
            if (Unreadable(frame, bytes) is { } unreadable) await intake.Reject(unreadable, error.Text, cancellation);
            return ("unreadable", "rejected", answers.ToUnreadable(bytes, error), false);
        }

        var type = Tag(message);
        if (directory.Find(message.SendingApplication, message.SendingFacility, frame.Connection) is not { } feed)
            return ("other", "refused", await Refuse(frame, message, cancellation), false);
        if (feed.Charset is { } charset) message = message.WithFallback(charset);
        if (message.IsUndeclaredUtf8) GatewayMetrics.UndeclaredUtf8.Add(1, new KeyValuePair<string, object?>("feed", feed.Name));
        var always = feed.AcknowledgesAlways;
        Mapped? mapped = null;
        try
        {
            mapped = Map(frame, bytes, message, feed);
            if (mapped.Message is not { } known)
            {
                await intake.Reject(mapped.Log, mapped.Error!.Text, cancellation);
                return (type, "rejected", answers.To(message, AckCode.AR, always, mapped.Error), false);
            }

            if (mapped.Log.ControlId.Length == 0) GatewayMetrics.Unidentified.Add(1);
            if (isAway) return (type, "unknown", answers.To(message, AckCode.AE, always, SendAgain), true);
            var outcome = await intake.Receive(known, cancellation);
            monitor.CarriedOut(feed, KeyOf(mapped, bytes));
            if (outcome.Result != IntakeResult.Rejected)
                return (type, WireName<IntakeResult>.Joined(outcome.Result), answers.To(message, AckCode.AA, always), false);
            var why = new Hl7Error(Hl7ErrorCode.ApplicationInternalError, new("MSH"), outcome.Reason ?? "The message cannot be accepted.");
            return (type, "rejected", answers.To(message, AckCode.AR, always, why), false);
        }
        catch (ClusterUnavailableException e)
        {
            NotStored(log, type, e.InnerException?.GetType().Name, (e.InnerException as OutcomeUnknownException)?.Cause);
            return (type, "unknown", answers.To(message, AckCode.AE, always, SendAgain), true);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Failed(log, type, Trace(e));
            return await Park(mapped?.Log ?? MessageMapper.Record(message, bytes, feed.Name, frame.ReceivedAt),
                monitor.Failed(feed, KeyOf(mapped, bytes)), e, cancellation)
                ? (type, "parked", answers.To(message, AckCode.AR, always, Parked), false)
                : (type, "failed", answers.To(message, AckCode.AE, always, SendAgain), false);
        }
    }

    /// <summary>
    /// Logs a message that could not be carried out. True when its sender may go on without it: it failed often enough, and stands in the log, or
    /// nobody would have it.
    /// </summary>
    private async Task<bool> Park(MessageRecord record, bool isOften, Exception e, CancellationToken cancellation)
    {
        // The type and no more: what an exception says may be a patient's.
        var why = $"Carrying it out failed ({e.GetType().Name}){(isOften ? $", {FailedMessages.Tries} times or more" : "")}.";
        return await intake.SetAside(record, new(isOften ? IntakeResult.Parked : IntakeResult.Failed, why), cancellation) && isOften;
    }

    /// <summary>What failed and where; without what exceptions say, for it may be a patient's.</summary>
    private static string Trace(Exception e) =>
        $"{e.GetType().FullName}\n{e.StackTrace}{(e.InnerException is { } inner ? "\nbecause of " + Trace(inner) : "")}";

    private Mapped Map(MllpFrame frame, ReadOnlyMemory<byte> bytes, Hl7Message message, FeedProfile feed)
    {
        var last = connections.Heard(frame.Connection, feed, frame.ReceivedAt);
        var mapped = MessageMapper.Map(message, bytes, feed, frame.ReceivedAt, last);
        if (mapped.MessageAt is { } said) connections.Said(frame.Connection, said);
        connections.Noted(feed, mapped, frame.ReceivedAt);
        return mapped;
    }

    /// <summary>By what a message is known when it is sent again.</summary>
    private static Guid KeyOf(Mapped? mapped, ReadOnlyMemory<byte> bytes) =>
        mapped?.Message?.Id.Value ?? new(SHA256.HashData(bytes.Span).AsSpan(0, 16));

    /// <summary>Once feeds are listed, what is none of theirs changes nothing.</summary>
    private async Task<byte[]> Refuse(MllpFrame frame, Hl7Message message, CancellationToken cancellation)
    {
        var why = directory.Names(message.SendingApplication, message.SendingFacility) ? AnothersName : UnknownSender;
        connections.Turned(frame.Connection, why.Text);
        if (refusals.MayLog())
            await intake.Reject(MessageMapper.Record(message, Refusals.Kept(message), directory.Nobody, frame.ReceivedAt), why.Text, cancellation);
        return answers.To(message, AckCode.AR, always: false, why);
    }

    /// <summary>How the log shall keep what cannot be read; null when it is nobody's, and there were many of those.</summary>
    private MessageRecord? Unreadable(MllpFrame frame, ReadOnlyMemory<byte> bytes)
    {
        if (Hl7Message.FindHeader(bytes) is { } header
            && directory.Find(header.SendingApplication, header.SendingFacility, frame.Connection) is { } feed)
        {
            connections.Heard(frame.Connection, feed, frame.ReceivedAt);
            return MessageMapper.Record(header, bytes, feed.Name, frame.ReceivedAt);
        }

        if (!directory.AreListed || directory.Knows(frame.Connection)) return new(directory.Nobody, "", "", "", frame.ReceivedAt, bytes);
        return refusals.MayLog() ? new(directory.Nobody, "", "", "", frame.ReceivedAt, default) : null;
    }

    /// <summary>A type as a tag: only what looks like one, so that no sender makes the number of series grow.</summary>
    private static string Tag(Hl7Message message) => MessageMapper.Type(message) is var type && UsualType().IsMatch(type) ? type : "other";

    [GeneratedRegex("^(ADT\\^A[0-9]{2}|(SIU|ORM|ORU|MDM|OML|OMG|VXU|DFT|BAR|RDE|ORR|REF|PPR)\\^[A-Z][0-9]{2})$")]
    private static partial Regex UsualType();

    [LoggerMessage(1321, LogLevel.Error, "A message {Type} was answered with AE: it is not known to be durable ({Error}: {Cause})")]
    private static partial void NotStored(ILogger log, string type, string? error, string? cause);

    [LoggerMessage(1322, LogLevel.Error,
        "A message {Type} was not carried out. It stands in the message log, as failed or, after some tries, as parked: {Trace}")]
    private static partial void Failed(ILogger log, string type, string trace);
}
