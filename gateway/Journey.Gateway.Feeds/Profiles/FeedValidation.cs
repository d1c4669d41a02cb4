using System.Net;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Units;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Feeds.Profiles;

internal sealed class MllpOptionsValidator : IValidateOptions<MllpOptions>
{
    public ValidateOptionsResult Validate(string? name, MllpOptions options) => FeedRules.Result([
        .. FeedRules.When(!IPAddress.TryParse(options.Address, out _), "Journey:Mllp:Address must be an IP address."),
        .. FeedRules.When(options.ReservedConnections >= options.MaxConnections,
            "Journey:Mllp:ReservedConnections must be less than Journey:Mllp:MaxConnections."),
        .. options.Problems(MllpOptions.Section),
    ]);
}

internal sealed class FeedDefaultsValidator : IValidateOptions<FeedDefaults>
{
    public ValidateOptionsResult Validate(string? name, FeedDefaults options) =>
        FeedRules.Result(
            [.. FeedRules.Check(FeedDefaults.Section, options.Name, options.TimeZone, options.ExpectedEveryMinutes, options.DefaultUnits),
            .. FeedRules.CheckMapping(FeedDefaults.Section, options.Authorities, options.Place, options.Classes, options.Acuities, options.Acuity,
                options.PlausibleDays, options.PlausibleStayDays),
            .. FeedRules.CheckSettings(FeedDefaults.Section, options)]);
}

internal sealed class FeedListValidator : IValidateOptions<FeedList>
{
    public ValidateOptionsResult Validate(string? name, FeedList options)
    {
        var wrong = options.Feeds.SelectMany((feed, i) =>
            FeedRules.Check($"{FeedList.Section}:{i}", feed.Name, feed.TimeZone, feed.ExpectedEveryMinutes, feed.DefaultUnits).Concat(
            FeedRules.CheckMapping($"{FeedList.Section}:{i}", feed.Authorities, feed.Place, feed.Classes, feed.Acuities, feed.Acuity,
                feed.PlausibleDays, feed.PlausibleStayDays)).Concat(
            FeedRules.CheckSettings($"{FeedList.Section}:{i}", feed)).Concat(
            FeedRules.CheckBinding($"{FeedList.Section}:{i}", feed)));
        var twice = options.Feeds.GroupBy(feed => feed.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(group => $"{FeedList.Section}: the name '{group.Key}' is used twice.");
        return FeedRules.Result([.. wrong, .. twice]);
    }
}

/// <summary>A certificate that nobody is asked for would keep the feed out for ever.</summary>
internal sealed class FeedCertificatesValidator(IOptions<MllpOptions> mllp) : IValidateOptions<FeedList>
{
    public ValidateOptionsResult Validate(string? name, FeedList options) => FeedRules.Result([
        .. FeedRules.When(mllp.Value is { Enabled: true, ClientAuthoritiesPath: null }
            && options.Feeds.Any(feed => feed.CertificateSubject is not null || feed.CertificateThumbprints is not null),
            $"{FeedList.Section}: a feed with CertificateSubject or CertificateThumbprints needs {MllpOptions.Section}:ClientAuthoritiesPath, or "
                + $"senders are asked for no certificate."),
    ]);
}

internal static class FeedRules
{
    private static readonly string[] Permissions =
        [nameof(FeedMay.Rename), nameof(FeedMay.Renumber), nameof(FeedMay.Merge), nameof(FeedMay.Delete), nameof(FeedMay.Unlock)];

    public static IEnumerable<string> Check(string key, string name, string? zone, int? minutes, Dictionary<string, string> units) => [
        .. When(name.Length is 0 or > 40 || name.Any(char.IsControl), $"{key}:Name must have 1 to 40 characters."),
        .. When(zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _),
            $"{key}:TimeZone '{zone}' is not a known zone; use an IANA name such as Europe/Vienna."),
        .. When(minutes is < 0 or > 1440, $"{key}:ExpectedEveryMinutes must be between 0 and 1440."),
        .. units.Keys.Where(word => !Enum.TryParse<PatientClass>(word, ignoreCase: true, out _))
            .Select(word => $"{key}:DefaultUnits:{word} is not a class."),
        .. units.Where(unit => !UnitCode.TryRead(unit.Value, out _))
            .Select(unit => $"{key}:DefaultUnits:{unit.Key} must be a unit code of 1 to 64 characters."),
    ];

    public static IEnumerable<string> When(bool wrong, string message) => wrong ? [message] : [];

    public static ValidateOptionsResult Result(IReadOnlyCollection<string> wrong) =>
        wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

    /// <summary>The keys that tell the mapping how a site writes.</summary>
    public static IEnumerable<string> CheckMapping(string key, Dictionary<string, string> authorities, PlaceFields place,
        Dictionary<string, string> classes,
        Dictionary<string, string> acuities, AcuityField acuity, int? days, int? stayDays) => [
        .. authorities.Where(one => Authority.Parse(one.Value).IsEmpty || one.Value.Count(c => c == '&') > 2)
            .Select(one => $"{key}:Authorities:{one.Key} must be an authority such as MAIN or MAIN&1.2.3&ISO."),
        .. Paths(key + ":Place", [("Unit", place.Unit), ("Room", place.Room), ("Bed", place.Bed), ("Facility", place.Facility)]),
        .. classes.Where(one => !Enum.TryParse<PatientClass>(one.Value, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            .Select(one => $"{key}:Classes:{one.Key} '{one.Value}' is not a class."),
        .. acuities.Where(one => one.Value.Trim() is not ("1" or "2" or "3" or "4" or "5"))
            .Select(one => $"{key}:Acuities:{one.Key} must be a level from 1 to 5."),
        .. Paths(key + ":Acuity", [("Field", acuity.Field)]),
        .. When(days is < 1 or > 3650, $"{key}:PlausibleDays must be between 1 and 3650."),
        .. When(stayDays is < 1 or > 36500, $"{key}:PlausibleStayDays must be between 1 and 36500."),
    ];

    /// <summary>The keys that tell how a feed is taken in.</summary>
    public static IEnumerable<string> CheckSettings(string key, FeedSettings settings) => [
        .. When(settings.ProcessingIds is { } ids
            && ids.All(c => c is ',' or ' '), $"{key}:ProcessingIds must name at least one value of MSH-11, such as P."),
        .. When(settings.Acknowledge is { } word && !word.Equals("AsAsked", StringComparison.OrdinalIgnoreCase)
            && !word.Equals("Always", StringComparison.OrdinalIgnoreCase),
            $"{key}:Acknowledge must be AsAsked or Always."),
        .. When(settings.CharacterSet is { Length: > 0 } charset && Hl7Charset.Find(charset) is not { IsSingleByte: true },
            $"{key}:CharacterSet '{settings.CharacterSet}' is not a character set of HL7 table 0211 that can stand in for an empty MSH-18, such as "
                + $"8859/2 or WINDOWS-1251."),
        .. FeedBinding.Words(settings.May).Where(word => !Permissions.Contains(word, StringComparer.OrdinalIgnoreCase))
            .Select(word => $"{key}:May '{word}' is none of {string.Join(", ", Permissions)}."),
        .. When(settings.BehindMinutes is < 1 or > 1440, $"{key}:BehindMinutes must be between 1 and 1440."),
        .. When(settings.DownAfterSeconds is < 0 or > 86_400, $"{key}:DownAfterSeconds must be between 0 and 86400."),
    ];

    /// <summary>The keys that tell by what a feed is known. A key that is there and says nothing would bind to nothing.</summary>
    public static IEnumerable<string> CheckBinding(string key, FeedOptions feed) => [
        .. When(feed.Sources is not null
            && !FeedBinding.Words(feed.Sources).Any(), $"{key}:Sources must name an address or a network, such as 10.20.3.7 or 10.20.0.0/16."),
        .. FeedBinding.Words(feed.Sources).Where(word => !FeedBinding.TryNetwork(word, out _))
            .Select(word => $"{key}:Sources '{word}' is no address and no network such as 10.20.0.0/16."),
        .. When(feed.CertificateSubject is { } subject && !FeedBinding.TrySubject(subject, out _),
            $"{key}:CertificateSubject must be a certificate's subject, such as CN=adt.hospital.example, O=Hospital."),
        .. When(feed.CertificateThumbprints is not null
            && !FeedBinding.Words(feed.CertificateThumbprints).Any(), $"{key}:CertificateThumbprints must name a certificate."),
        .. FeedBinding.Words(feed.CertificateThumbprints).Where(word => !FeedBinding.IsThumbprint(word))
            .Select(word => $"{key}:CertificateThumbprints '{word}' is no SHA-256 thumbprint of 64 hexadecimal digits."),
    ];

    private static IEnumerable<string> Paths(string key, ReadOnlySpan<(string Name, string? Path)> fields)
    {
        var wrong = new List<string>();
        foreach (var (name, path) in fields)
            if (path is not null && !FieldPath.TryParse(path, out _))
                wrong.Add($"{key}:{name} '{path}' must be a segment, a field and a component, such as PV1-3.2.");
        return wrong;
    }
}
