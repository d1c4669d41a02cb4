namespace Journey.Dashboard.Tests;

/// <summary>A button that waits for an answer is freed by it.</summary>
public class SendingTests
{
    [Fact]
    public void Whatever_asks_if_something_is_on_its_way_hears_when_it_no_longer_is() =>
        Assert.Equal([], Repository.Files("*.razor")
            .Where(file => File.ReadAllText(file) is var page && page.Contains("Desk.IsSending(", StringComparison.Ordinal)
            && !(page.Contains("Desk.Changed += ", StringComparison.Ordinal) && page.Contains("Desk.Changed -= ", StringComparison.Ordinal)))
            .Select(Repository.Relative));
}
