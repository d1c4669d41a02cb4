using Journey.Hl7.Mllp;

namespace Journey.Hl7.Tests;

public class ServerTests
{
    [Fact]
    public async Task A_message_is_answered()
    {
        await using var server = new MllpServer(new MllpServerOptions { Port = 0 }, new Acknowledger());
        server.Start();
        await using var client = await MllpClient.ConnectAsync("127.0.0.1", server.LocalEndPoint!.Port, cancellationToken: TestContext.Current.CancellationToken);
        var ack = Hl7Message.Parse(await client.SendAsync("MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\r"u8.ToArray(), TestContext.Current.CancellationToken));
        Assert.Equal("1", ack["MSA", 2].Text);
    }
}

internal sealed class Acknowledger : IMllpHandler
{
    public ValueTask<MllpReply> Handle(MllpFrame frame, CancellationToken cancellationToken)
    {
        var now = frame.ReceivedAt;
        return ValueTask.FromResult<MllpReply>(Hl7Message.TryParse(frame.Payload, out var message, out var error)
            ? Acknowledgement.Create(message, AckCode.AA, now, "r")
            : Acknowledgement.ForUnparsable(frame.Payload, error, now, "r"));
    }
}
