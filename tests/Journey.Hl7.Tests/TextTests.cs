using System.Text;

namespace Journey.Hl7.Tests;

public class TextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f", "a|b^c&d~e\\f")]
    [InlineData("\\X41\\\\X42\\", "AB")]
    [InlineData("\\X4142\\", "AB")]
    [InlineData("\\XC3A9\\", "é")]
    [InlineData("\\X0D0A\\", "\r\n")]
    [InlineData("one\\.br\\two", "one\ntwo")]
    [InlineData("one\\.sp2\\two", "one\n\ntwo")]
    [InlineData("one\\.sp\\two", "one\ntwo")]
    [InlineData("a\\.sk3\\b", "a   b")]
    [InlineData("\\.in+4\\a\\.ti-2\\b\\.fi\\\\.nf\\c", "abc")]
    [InlineData("\\H\\loud\\N\\", "loud")]
    [InlineData("\\C2842\\x\\M254A\\y\\M254A4B\\", "xy")]
    [InlineData("\\Zmine\\", "\\Zmine\\")]
    [InlineData("\\.xx\\", "\\.xx\\")]
    [InlineData("\\X4\\", "\\X4\\")]
    [InlineData("\\XZZ\\", "\\XZZ\\")]
    [InlineData("\\Cnope\\", "\\Cnope\\")]
    [InlineData("C:\\temp", "C:\\temp")]
    [InlineData("C:\\temp\\new", "C:\\temp\\new")]
    [InlineData("5\\6 and 7\\T\\8", "5\\6 and 7&8")]
    [InlineData("end\\", "end\\")]
    [InlineData("\\\\", "\\\\")]
    [InlineData("\\P\\", "\\P\\")]
    [InlineData("\\.sp999999999999\\", "\\.sp999999999999\\")]
    public void Escape_sequences_are_resolved_and_unknown_ones_kept(string sent, string text) => Assert.Equal(text, Note(sent));

    [Fact]
    public void The_truncation_escape_is_resolved_when_declared() =>
        Assert.Equal("#", Hl7Message.Parse("MSH|^~\\&#|A|B|C|D|2020||ADT|1|P|2.7\rNTE|||\\P\\")["NTE", 3].Text);

    [Theory]
    [InlineData("UNICODE UTF-8", "UNICODE UTF-8")]
    [InlineData("utf8", "UNICODE UTF-8")]
    [InlineData("UNICODE", "UNICODE UTF-8")]
    [InlineData("8859/1", "8859/1")]
    [InlineData("ISO-8859-1", "8859/1")]
    [InlineData("8859/9", "8859/9")]
    [InlineData("ISO_8859-15", "8859/15")]
    [InlineData("ASCII", "ASCII")]
    [InlineData("ISO IR6", "ASCII")]
    [InlineData("windows-1252", "WINDOWS-1252")]
    [InlineData("nonsense", null)]
    [InlineData("a name that is much longer than any in the table", null)]
    [InlineData("", null)]
    public void Character_sets_are_found_by_name(string declared, string? name) => Assert.Equal(name, Hl7Charset.Find(declared)?.Name);

    [Theory]
    [InlineData("8859/1", "Müller Ærø")]
    [InlineData("8859/2", "Dvořák Łódź")]
    [InlineData("8859/3", "Ħal Għaxaq")]
    [InlineData("8859/4", "Ķēniņš")]
    [InlineData("8859/5", "Иванов")]
    [InlineData("8859/6", "محمد")]
    [InlineData("8859/7", "Παπαδόπουλος")]
    [InlineData("8859/8", "כהן")]
    [InlineData("8859/9", "Şükrü")]
    [InlineData("8859/15", "Œuvre 5 €")]
    [InlineData("UNICODE UTF-8", "Zoë 李 😀")]
    [InlineData("UNICODE UTF-16", "Zoë 李 😀")]
    [InlineData("GB 18030-2000", "李小龍 乗")]
    [InlineData("BIG-5", "李功蓋許")]
    [InlineData("ISO IR87", "山田太郎")]
    public void Text_is_read_in_the_declared_character_set(string declared, string text)
    {
        var charset = Hl7Charset.Find(declared)!;
        var bytes = charset.Encoding.GetBytes($"MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5||||||{declared}\rPID|||1||{text}^x\r");
        var message = Hl7Message.Parse(bytes);
        Assert.Equal((text, "x"), (message["PID", 5].Text, message["PID", 5].Component(2).Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ASCII")]
    [InlineData("nonsense")]
    public void Without_a_dependable_declaration_valid_utf8_is_utf8_and_all_else_latin1(string declared)
    {
        Assert.Equal("Müller", Name(Encoding.UTF8, declared, "Müller"));
        Assert.Equal("Müller", Name(Encoding.Latin1, declared, "Müller"));
    }

    [Fact]
    public void Bytes_that_are_not_the_declared_utf8_are_read_as_latin1() =>
        Assert.Equal("Müller", Name(Encoding.Latin1, "UNICODE UTF-8", "Müller"));

    [Theory]
    [InlineData("8859/2", "PÓŁTORAK"), InlineData("8859/2", "Dvořák Łódź"), InlineData("WINDOWS-1251", "Иванов")]
    public void Letters_of_a_senders_own_set_are_its_own_even_where_their_bytes_happen_to_be_utf8(string usual, string name)
    {
        var charset = Hl7Charset.Find(usual)!;
        var message = Hl7Message.Parse(charset.Encoding.GetBytes($"MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rPID|||1||{name}")).WithFallback(charset);
        Assert.Equal((name, false), (message["PID", 5].Text, message.IsUndeclaredUtf8));
    }

    [Theory]
    [InlineData("8859/2", "Łódź"), InlineData("WINDOWS-1251", "Иванов"), InlineData("8859/1", "Größler")]
    public void A_sender_that_has_changed_to_utf8_without_saying_so_is_read_all_the_same(string usual, string name)
    {
        var message = Hl7Message.Parse(Encoding.UTF8.GetBytes($"MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rPID|||1||{name}"))
            .WithFallback(Hl7Charset.Find(usual)!);
        Assert.Equal((name, true), (message["PID", 5].Text, message.IsUndeclaredUtf8));
    }

    [Fact]
    public void Quotation_marks_of_windows_are_read_where_latin1_has_none()
    {
        var windows = Hl7Charset.Find("windows-1252")!.Encoding;
        Assert.Equal("“Zoë” – 5 €", Name(windows, "", "“Zoë” – 5 €"));
        Assert.Equal("“Zoë” – 5 €", Name(windows, "8859/1", "“Zoë” – 5 €"));
    }

    [Fact]
    public void The_first_alternative_that_says_more_than_ascii_counts() =>
        Assert.Equal("Œ", Name(Hl7Charset.Find("8859/15")!.Encoding, "ASCII~8859/15", "Œ"));

    [Fact]
    public void A_byte_order_mark_of_utf16_is_enough()
    {
        var text = "\uFEFFMSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rPID|||1||Zoë";
        Assert.Equal("Zoë", Hl7Message.Parse(Encoding.Unicode.GetBytes(text))["PID", 5].Text);
        Assert.Equal("Zoë", Hl7Message.Parse(Encoding.BigEndianUnicode.GetBytes(text))["PID", 5].Text);
    }

    private static string Note(string sent) =>
        Hl7Message.Parse($"MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rNTE|1||{sent}|x")["NTE", 3].WholeText;

    private static string Name(Encoding encoding, string declared, string name) =>
        Hl7Message.Parse(encoding.GetBytes($"MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5||||||{declared}\rPID|||1||{name}"))["PID", 5].Text;
}
