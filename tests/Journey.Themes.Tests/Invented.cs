namespace Journey.Themes.Tests;

/// <summary>Comments that nobody made, about things that people do comment on.</summary>
internal static class Invented
{
    private static readonly Dictionary<string, string[]> Phrases = new()
    {
        ["wait"] = ["we waited four hours", "the queue was endless", "so long until anybody came", "hours in the waiting room"],
        ["not kept informed"] = ["nobody told us what happens next", "no news at all", "we were left without a word", "nobody explained the delay"],
        ["respect"] = ["the doctor was rude", "she talked over my head", "treated me like a number", "they laughed at my mother"],
        ["food"] = ["the soup was cold", "no breakfast before noon", "the meal was awful", "nothing for vegetarians to eat"],
        ["compliment"] = ["the nurse was wonderful", "such kind staff", "thank you for everything", "I felt safe the whole time"],
    };

    private static readonly string[] Fillings =
        ["it was a Tuesday", "my son drove me", "I came with a sore knee", "the car park is far", "we live nearby", "my second visit this year"];

    /// <summary>The same for the same number.</summary>
    public static List<Comment> Comments(int count)
    {
        var chance = new Random(17);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var themes = Phrases.Keys.Where((_, k) => chance.NextDouble() < 0.45 / (k + 1)).ToHashSet();
            var parts = themes.Select(theme => Phrases[theme][chance.Next(4)]).Append(Fillings[chance.Next(Fillings.Length)]).ToArray();
            chance.Shuffle(parts);
            return new Comment(string.Join(", ", parts) + ".", themes, $"respondent {i / 2}");
        })];
    }
}
