using System.Text;
using Journey.Contracts.Intake;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Mapping;
using Journey.Gateway.Feeds.Profiles;
using Journey.Hl7;

namespace Journey.Gateway.Tests.Mapping;

/// <summary>Invented messages of an invented hospital, and what they map to.</summary>
internal static class Hospital
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    public static readonly FeedProfile Feed = FeedProfile.From(new FeedDefaults());

    public const string Pid = "PID|1||4711^^^NORTH^MR||Musterfrau^Erika^^^Ms||19700504|F";
    public const string Pv1 = "PV1|1|I|WARD4^12^B^NORTH||||77^Stone^Ada^^^Dr|||MED|||||||||V100";

    public static Mapped Map(string trigger, params string[] segments) => Map(Feed, trigger, segments);

    public static Mapped Map(FeedProfile feed, string trigger, params string[] segments) =>
        Read(feed, [$"MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|20260302095900||{trigger}|M1|P|2.5", .. segments]);

    public static Mapped Read(FeedProfile feed, params string[] segments) => Read(feed, null, segments);

    public static Mapped Read(FeedProfile feed, DateTimeOffset? notBefore, params string[] segments)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\r', segments) + "\r");
        Assert.True(Hl7Message.TryParse(bytes, out var message, out _));
        return MessageMapper.Map(message, bytes, feed, Now, notBefore);
    }

    public static IReadOnlyList<FeedStep> Steps(this Mapped mapped)
    {
        Assert.Null(mapped.Error);
        return mapped.Message!.Steps;
    }

    public static About About(this Mapped mapped) => Assert.IsType<About>(Assert.Single(mapped.Steps()));

    public static T Command<T>(this Mapped mapped) where T : FeedCommand => Assert.IsType<T>(mapped.About().Command);

    public static Hl7Error Error(this Mapped mapped)
    {
        Assert.Null(mapped.Message);
        return mapped.Error!;
    }

    public static DateTimeOffset At(int hour, int minute) => new(2026, 3, 2, hour, minute, 0, TimeSpan.Zero);
}
