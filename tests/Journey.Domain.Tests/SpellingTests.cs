namespace Journey.Domain.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData(0.9, "0 min"), InlineData(45, "45 min"), InlineData(60, "1 h"), InlineData(90, "1 h 30 min"), InlineData(24 * 60, "24 h")]
    public void A_span_is_said_in_whole_minutes(double minutes, string says) => Assert.Equal(says, Spelling.Span(TimeSpan.FromMinutes(minutes)));
}
