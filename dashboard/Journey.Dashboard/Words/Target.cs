using Journey.Api;

namespace Journey.Dashboard.Words;

/// <summary>How pressing something is. Everywhere the same three shapes: circle, triangle, octagon.</summary>
public enum Level { Ok, Near, Over }

/// <summary>A wait held against its target, at one moment.</summary>
/// <param name="Part">How much of the time allowed is used up, 0 to 1.</param>
/// <param name="WarnPart">Where on the same scale the warning stands.</param>
public readonly record struct Target(Level Level, string Text, double Part, double WarnPart)
{
    public static Target At(Clock clock, DateTimeOffset now)
    {
        var whole = (clock.DueAt - clock.Since).TotalMinutes;
        // A clock without a warning time of its own still turns before it is too late; the last fifth is a matter of display, not of policy.
        var warnAt = clock.WarnAt ?? clock.DueAt - (clock.DueAt - clock.Since) / 5;
        var part = whole <= 0 ? 1 : Math.Clamp((now - clock.Since).TotalMinutes / whole, 0, 1);
        var warn = whole <= 0 ? 1 : Math.Clamp((warnAt - clock.Since).TotalMinutes / whole, 0, 1);
        return new(LevelOf(warnAt, clock.DueAt, now), Left(clock.DueAt, now), part, warn);
    }

    /// <summary>A wait that has a beginning and an end and no rule of its own.</summary>
    public static Target At(DateTimeOffset since, DateTimeOffset due, DateTimeOffset now) => At(new Clock("", "", since, null, due), now);

    public static Level LevelOf(DateTimeOffset warnAt, DateTimeOffset dueAt, DateTimeOffset now) =>
        now >= dueAt ? Level.Over : now >= warnAt ? Level.Near : Level.Ok;

    /// <summary><c>12 min left</c>, <c>due now</c> or <c>over by 14 min</c>.</summary>
    public static string Left(DateTimeOffset dueAt, DateTimeOffset now) => Elapsed.Minutes(dueAt, now) switch
    {
        < 0 and var minutes => $"{Elapsed.Text(-minutes)} left",
        0 => "due now",
        var minutes => $"over by {Elapsed.Text(minutes)}",
    };

    /// <summary>As <see cref="Left"/>, for big type: <c>over 14 min</c>.</summary>
    public static string Short(DateTimeOffset dueAt, DateTimeOffset now) => Left(dueAt, now).Replace("over by", "over", StringComparison.Ordinal);
}
