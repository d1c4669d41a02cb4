using Journey.Simulator.Model;

namespace Journey.Simulator.Tests;

/// <summary>Stories the tests read.</summary>
internal static class Stories
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.FromHours(1));

    public static IEnumerable<HospitalEvent> Told(long seed, double days, DateTimeOffset? start = null)
    {
        var begin = start ?? Start;
        return new Hospital(seed, begin).Events().TakeWhile(e => e.At < begin.AddDays(days));
    }

    /// <summary>What two tellings must have in common: everything.</summary>
    public static string Line(HospitalEvent e) => e switch
    {
        AdtSent adt => $"{adt with { Concerns = [], Contacts = [] }} {string.Join(",", adt.Concerns)} {string.Join(",", adt.Contacts)}",
        _ => $"{e with { Concerns = [] }} {string.Join(",", e.Concerns)}",
    };
}
