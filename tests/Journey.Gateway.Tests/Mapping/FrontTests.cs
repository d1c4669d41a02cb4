using System.Text;
using Journey.Gateway.Feeds.Mapping;
using Journey.Gateway.Feeds.Profiles;
using Journey.Hl7;

namespace Journey.Gateway.Tests.Mapping;

/// <summary>What is refused before it is read, and how letters are read.</summary>
public class FrontTests
{
    private static Mapped Read(FeedProfile feed, string msh, byte[]? family = null, string more = "")
    {
        byte[] name = family ?? "Musterfrau"u8.ToArray();
        byte[] bytes = [.. Encoding.ASCII.GetBytes(msh + "\rPID|1||4711^^^NORTH^MR||"), .. name,
            .. Encoding.ASCII.GetBytes("^Erika\rPV1|1|E|ED^R^1" + more + "\r")];
        Assert.True(Hl7Message.TryParse(bytes, out var message, out _));
        if (feed.Charset is { } charset) message = message.WithFallback(charset);
        return MessageMapper.Map(message, bytes, feed, Hospital.Now, null);
    }

    private static string Msh(string processing = "P", string charset = "") =>
        $"MSH|^~\\&|SYS|NORTH|||20260302095900||ADT^A04|M1|{processing}|2.5||||||{charset}";

    [Theory, InlineData("P", true), InlineData("", true), InlineData("p", true), InlineData("P^A", true), InlineData("T", false),
        InlineData("D", false), InlineData("T^A", false)]
    public void A_test_message_stays_off_the_live_board(string processing, bool accepted)
    {
        var mapped = Read(Hospital.Feed, Msh(processing));
        Assert.Equal(accepted, mapped.Error is null);
        if (!accepted) Assert.Equal((Hl7ErrorCode.UnsupportedProcessingId, 11), (mapped.Error!.Code, mapped.Error.Location.Field));
    }

    [Fact]
    public void A_site_may_take_test_messages_in() =>
        Assert.Null(Read(FeedProfile.From(new FeedDefaults { ProcessingIds = "P, T" }), Msh("T")).Error);

    [Theory, InlineData("8859/1"), InlineData("ASCII"), InlineData("")]
    public void Utf8_is_read_as_such_whatever_is_declared(string declared)
    {
        Assert.Equal("Gr\u00f6\u00dfler",
            Read(Hospital.Feed, Msh(charset: declared), Encoding.UTF8.GetBytes("Gr\u00f6\u00dfler")).About().Patient.FamilyName);
        Assert.Equal("Gr\u00f6\u00dfler",
            Read(Hospital.Feed, Msh(charset: declared), Encoding.Latin1.GetBytes("Gr\u00f6\u00dfler")).About().Patient.FamilyName);
    }

    [Fact]
    public void A_feed_may_have_a_character_set_of_its_own_where_none_is_declared()
    {
        // S4
        var polish = FeedProfile.From(new FeedDefaults { CharacterSet = "8859/2" });
        byte[] bytes = [0xA3, (byte)'o', (byte)'d', 0xBC];
        Assert.Equal("\u0141od\u017a", Read(polish, Msh(), bytes).About().Patient.FamilyName);
        Assert.Equal("\u00a3od\u00bc", Read(polish, Msh(charset: "8859/1"), bytes).About().Patient.FamilyName);
    }

    [Fact]
    public void The_log_keeps_less_of_what_means_nothing()
    {
        // S3
        var note = new string('x', 2_000_000);
        var arrival = Read(Hospital.Feed, Msh(), more: "\rOBX|1|ED|PHOTO||" + note);
        Assert.Equal(1024 * 1024, arrival.Message!.Log.Raw.Length);
        var other = Read(Hospital.Feed, Msh().Replace("ADT^A04", "DFT^P03", StringComparison.Ordinal), more: "\rOBX|1|ED|PHOTO||" + note);
        Assert.Equal((0, 64 * 1024), (other.Message!.Steps.Length, other.Message.Log.Raw.Length));
    }
}
