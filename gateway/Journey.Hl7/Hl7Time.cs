using System.Globalization;

namespace Journey.Hl7;

/// <summary>How much of a time was sent.</summary>
public enum Hl7Precision
{
    /// <summary>YYYY.</summary>
    Year,

    /// <summary>YYYYMM.</summary>
    Month,

    /// <summary>YYYYMMDD.</summary>
    Day,

    /// <summary>YYYYMMDDHH.</summary>
    Hour,

    /// <summary>YYYYMMDDHHMM.</summary>
    Minute,

    /// <summary>YYYYMMDDHHMMSS.</summary>
    Second,

    /// <summary>With a fraction of a second.</summary>
    Fraction,
}

/// <summary>
/// A time as HL7 sends it (DTM, TS, DT): <c>YYYY[MM[DD[HH[MM[SS[.f…]]]]]][±ZZZZ]</c>. Without an offset the feed's zone decides, clock
/// changes included. The ISO form with dashes and colons is understood too.
/// </summary>
/// <param name="Value">The instant, with the offset sent or the one the zone had; missing parts are the earliest possible.</param>
/// <param name="Precision">How much was sent.</param>
/// <param name="HasOffset">True when the sender gave the offset.</param>
public readonly record struct Hl7Time(DateTimeOffset Value, Hl7Precision Precision, bool HasOffset)
{
    /// <summary>True when the local time happened twice (clock set back) and the sender did not say which is meant.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>True when the local time never happened (clock set forward) and was moved forward by the gap.</summary>
    public bool WasSkipped { get; init; }

    /// <summary>The calendar date as sent: for birth dates, which have no zone.</summary>
    public DateOnly Date { get; init; }

    /// <summary>Parses a time without a hint; of an hour that happens twice the first is taken.</summary>
    /// <param name="text">A value of type DTM, TS or DT.</param>
    /// <param name="zone">The zone of times sent without an offset.</param>
    /// <param name="time">The time, when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<char> text, TimeZoneInfo zone, out Hl7Time time) => TryParse(text, zone, null, out time);

    /// <summary>Parses a time.</summary>
    /// <param name="text">A value of type DTM, TS or DT; surrounding spaces are ignored.</param>
    /// <param name="zone">The zone of times sent without an offset.</param>
    /// <param name="notBefore">
    /// The last time known from the same feed: in an hour that happens twice, the second is taken when the first would lie before this.
    /// </param>
    /// <param name="time">The time, when the answer is true.</param>
    /// <returns>False for anything that is not a time of the calendar.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, TimeZoneInfo zone, DateTimeOffset? notBefore, out Hl7Time time)
    {
        ArgumentNullException.ThrowIfNull(zone);
        time = default;
        text = text.Trim(" \t\0");
        if (text.Length >= 7 && text[4] == '-' && (text.Length == 7 || (text.Length >= 10 && text[7] == '-')) && !TryCompact(text, out text))
            return false;
        return TryTakeOffset(ref text, out var offset)
            && TryReadLocal(text, out var local, out var precision)
            && TryPlace(local, precision, offset, zone, notBefore, out time);
    }

    /// <summary>Turns 2024-03-31T02:30:00+02:00 into 20240331023000+0200.</summary>
    private static bool TryCompact(ReadOnlySpan<char> text, out ReadOnlySpan<char> compact)
    {
        compact = default;
        Span<char> target = stackalloc char[40];
        if (text.Length > target.Length) return false;
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var separator = i switch { 4 or 7 => c == '-', 10 => c is 'T' or ' ', 13 or 16 => c == ':', _ => i > 16 && c == ':' };
            if (separator) continue;
            if (i is 4 or 7 || (i == 10 && c is not ('+' or '-' or 'Z'))) return false;
            target[length++] = c;
        }

        compact = new string(target[..length]);
        return true;
    }

    private static bool TryTakeOffset(ref ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = null;
        if (text.EndsWith("Z"))
        {
            offset = TimeSpan.Zero;
            text = text[..^1].TrimEnd();
            return true;
        }

        var at = text.IndexOfAny('+', '-');
        if (at < 0) return true;
        var zone = text[(at + 1)..];
        var negative = text[at] == '-';
        text = text[..at].TrimEnd();
        if (zone.Length == 5 && zone[2] == ':') zone = string.Concat(zone[..2], zone[3..]);
        if (zone.Length is not (2 or 4) || !TryDigits(zone[..2], out var hours)) return false;
        var minutes = 0;
        if (zone.Length == 4 && !TryDigits(zone[2..], out minutes)) return false;
        if (minutes > 59 || hours * 60 + minutes > 14 * 60) return false;
        var value = new TimeSpan(hours, minutes, 0);
        offset = negative ? -value : value;
        return true;
    }

    private static bool TryReadLocal(ReadOnlySpan<char> text, out DateTime local, out Hl7Precision precision)
    {
        local = default;
        precision = default;
        long ticks = 0;
        var dot = text.IndexOfAny('.', ',');
        if (dot >= 0)
        {
            if (dot != 14 || !TryFraction(text[(dot + 1)..], out ticks)) return false;
            text = text[..dot];
        }

        if (text.Length is not (4 or 6 or 8 or 10 or 12 or 14)) return false;
        Span<int> parts = [0, 1, 1, 0, 0, 0];
        if (!TryDigits(text[..4], out parts[0])) return false;
        for (var i = 4; i < text.Length; i += 2)
        {
            if (!TryDigits(text.Slice(i, 2), out parts[i / 2 - 1])) return false;
        }

        precision = dot >= 0 && ticks >= 0 ? Hl7Precision.Fraction : (Hl7Precision)((text.Length - 4) / 2);
        return TryCompose(parts, Math.Max(ticks, 0), out local);
    }

    private static bool TryCompose(ReadOnlySpan<int> parts, long ticks, out DateTime local)
    {
        local = default;
        var (year, month, day, hour, minute, second) = (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (minute > 59 || second > 60 || hour > 24 || (hour == 24 && (minute > 0 || second > 0 || ticks > 0))) return false;
        var instant = new DateTime(year, month, day).Ticks + new TimeSpan(hour, minute, second).Ticks + ticks;
        if (instant > DateTime.MaxValue.Ticks) return false;
        local = new DateTime(instant);
        return true;
    }

    /// <summary>Digits after the dot as ticks; -1 when there are none, which some senders do.</summary>
    private static bool TryFraction(ReadOnlySpan<char> digits, out long ticks)
    {
        ticks = -1;
        if (digits.IsEmpty) return true;
        ticks = 0;
        var unit = TimeSpan.TicksPerSecond;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c)) return false;
            unit /= 10;
            ticks += (c - '0') * unit;
        }

        return true;
    }

    private static bool TryPlace(
        DateTime local, Hl7Precision precision, TimeSpan? offset, TimeZoneInfo zone, DateTimeOffset? notBefore, out Hl7Time time)
    {
        time = default;
        if (local.Year < 2 || !Fits(local, offset ?? zone.BaseUtcOffset)) return false;
        var date = DateOnly.FromDateTime(local);
        if (offset is { } sent)
        {
            time = new Hl7Time(new DateTimeOffset(local, sent), precision, true) { Date = date };
        }
        else if (Hl7Zone.TryGetPlainOffset(zone, local, out var plain))
        {
            time = new Hl7Time(new DateTimeOffset(local, plain), precision, false) { Date = date };
        }
        else if (zone.IsAmbiguousTime(local))
        {
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            var first = new DateTimeOffset(local, offsets.Max());
            var useSecond = notBefore is { } hint && first < hint;
            time = new Hl7Time(useSecond ? new DateTimeOffset(local, offsets.Min()) : first, precision, false) { Date = date, IsAmbiguous = true };
        }
        else if (zone.IsInvalidTime(local))
        {
            var instant = new DateTimeOffset(local, OffsetBeforeGap(local, zone));
            time = new Hl7Time(TimeZoneInfo.ConvertTime(instant, zone), precision, false) { Date = date, WasSkipped = true };
        }
        else
        {
            var used = zone.GetUtcOffset(local);
            time = new Hl7Time(new DateTimeOffset(local, used), precision, false) { Date = date };
        }

        return true;
    }

    /// <summary>An open end is often sent as 99991231235959, whose instant does not exist west of Greenwich.</summary>
    private static bool Fits(DateTime local, TimeSpan offset) => local.Ticks - offset.Ticks <= DateTime.MaxValue.Ticks;

    private static TimeSpan OffsetBeforeGap(DateTime local, TimeZoneInfo zone)
    {
        var before = local;
        do before = before.AddMinutes(-15);
        while (zone.IsInvalidTime(before));
        return zone.GetUtcOffset(before);
    }

    private static bool TryDigits(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c)) return false;
            number = number * 10 + (c - '0');
        }

        return true;
    }

    /// <summary>Writes an instant as <c>YYYYMMDDHHMMSS[.fff]±ZZZZ</c>.</summary>
    /// <param name="value">The instant; its offset is written.</param>
    /// <param name="precision">How much to write; an offset follows from the hour on.</param>
    public static string Format(DateTimeOffset value, Hl7Precision precision = Hl7Precision.Second)
    {
        var pattern = precision switch
        {
            Hl7Precision.Year => "yyyy",
            Hl7Precision.Month => "yyyyMM",
            Hl7Precision.Day => "yyyyMMdd",
            Hl7Precision.Hour => "yyyyMMddHH",
            Hl7Precision.Minute => "yyyyMMddHHmm",
            Hl7Precision.Second => "yyyyMMddHHmmss",
            _ => "yyyyMMddHHmmss.fff",
        };
        var text = value.ToString(pattern, CultureInfo.InvariantCulture);
        if (precision < Hl7Precision.Hour) return text;
        var sign = value.Offset < TimeSpan.Zero ? '-' : '+';
        return $"{text}{sign}{value.Offset:hhmm}";
    }
}
