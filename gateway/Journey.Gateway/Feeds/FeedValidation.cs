using System.Net;
using Journey.Contracts.Visits;
using Journey.Gateway.Units;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Feeds;

internal sealed class MllpOptionsValidator : IValidateOptions<MllpOptions>
{
    public ValidateOptionsResult Validate(string? name, MllpOptions options) => FeedRules.Result([
        .. FeedRules.When(!IPAddress.TryParse(options.Address, out _), "Journey:Mllp:Address must be an IP address."),
        .. options.Problems(MllpOptions.Section),
    ]);
}

internal sealed class FeedDefaultsValidator : IValidateOptions<FeedDefaults>
{
    public ValidateOptionsResult Validate(string? name, FeedDefaults options) =>
        FeedRules.Result([.. FeedRules.Check(FeedDefaults.Section, options.Name, options.TimeZone, options.ExpectedEveryMinutes, options.DefaultUnits)]);
}

internal sealed class FeedListValidator : IValidateOptions<FeedList>
{
    public ValidateOptionsResult Validate(string? name, FeedList options)
    {
        var wrong = options.Feeds.SelectMany((feed, i) =>
            FeedRules.Check($"{FeedList.Section}:{i}", feed.Name, feed.TimeZone, feed.ExpectedEveryMinutes, feed.DefaultUnits));
        var twice = options.Feeds.GroupBy(feed => feed.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(group => $"{FeedList.Section}: the name '{group.Key}' is used twice.");
        return FeedRules.Result([.. wrong, .. twice]);
    }
}

internal static class FeedRules
{
    public static IEnumerable<string> Check(string key, string name, string? zone, int? minutes, Dictionary<string, string> units) => [
        .. When(name.Length is 0 or > 40 || name.Any(char.IsControl), $"{key}:Name must have 1 to 40 characters."),
        .. When(zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), $"{key}:TimeZone '{zone}' is not a known zone; use an IANA name such as Europe/Vienna."),
        .. When(minutes is < 0 or > 1440, $"{key}:ExpectedEveryMinutes must be between 0 and 1440."),
        .. units.Keys.Where(word => !Enum.TryParse<PatientClass>(word, ignoreCase: true, out _)).Select(word => $"{key}:DefaultUnits:{word} is not a class."),
        .. units.Where(unit => !UnitCode.TryRead(unit.Value, out _)).Select(unit => $"{key}:DefaultUnits:{unit.Key} must be a unit code of 1 to 64 characters."),
    ];

    public static IEnumerable<string> When(bool wrong, string message) => wrong ? [message] : [];

    public static ValidateOptionsResult Result(IReadOnlyCollection<string> wrong) => wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
}
