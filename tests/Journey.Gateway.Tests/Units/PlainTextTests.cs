using Journey.Gateway.Cluster.Text;

namespace Journey.Gateway.Tests.Units;

/// <summary>What acts on a text unseen is shown as a mark, and what is written belongs to its script is left alone.</summary>
public class PlainTextTests
{
    [Theory]
    [InlineData("Musterfrau, Erika", "Musterfrau, Erika")]
    [InlineData("\u202Etsuj", "tsuj")]
    [InlineData("Mus\u202Eter", "Mus\uFFFDter")]
    [InlineData("Mus\u2066ter\u2069frau", "Mus\uFFFDter\uFFFDfrau")]
    [InlineData("Mus\u200Bter", "Mus\uFFFDter")]
    [InlineData("Mus\u00ADter", "Mus\uFFFDter")]
    [InlineData("Mus\uFEFFter", "Mus\uFFFDter")]
    [InlineData("Mus\u3164ter", "Mus\uFFFDter")]
    [InlineData("Mus\u200Dter", "Mus\uFFFDter")]
    [InlineData("Mus\u2028ter", "Mus\uFFFDter")]
    [InlineData("Mus\u0085ter", "Mus\uFFFDter")]
    [InlineData("a\U000E0041b", "a\uFFFD\uFFFDb")]
    [InlineData("\u202A+43 555 0100\u202C", "+43 555 0100")]
    [InlineData("\u202E", "")]
    [InlineData("Müller-Lüdenscheidt", "Müller-Lüdenscheidt")]
    [InlineData("\u05D3\u05D5\u05D3", "\u05D3\u05D5\u05D3")]
    [InlineData("\u0639\u0644\u06CC\u200C\u0631\u0636\u0627", "\u0639\u0644\u06CC\u200C\u0631\u0636\u0627")]
    [InlineData("\U0001F468\u200D\U0001F467", "\U0001F468\u200D\U0001F467")]
    public void Each_text_is_shown_as_it_reads(string text, string shown) => Assert.Equal(shown, PlainText.Sanitize(text));
}
