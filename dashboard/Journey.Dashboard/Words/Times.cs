using Journey.Client.Live;

namespace Journey.Dashboard.Words;

/// <summary>The server's time in words, in the zone of the person looking.</summary>
public static class Times
{
    extension(ServerTime time)
    {
        public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.Now, time.Zone).Date);
    }

    public static string Text(this ServerTime time, DateTimeOffset at) => Moment.Text(at, time.Now, time.Zone);

    public static string TextWithSeconds(this ServerTime time, DateTimeOffset at) => Moment.WithSeconds(at, time.Zone);

    public static string Date(this ServerTime time, DateTimeOffset at) => Moment.Date(at, time.Zone);
}
