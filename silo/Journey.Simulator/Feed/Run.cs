using Journey.Simulator.Model;

namespace Journey.Simulator.Feed;

/// <summary>One run of the demo: a story, and the names under which its events travel. The same story gives the same names, restart or not.</summary>
public sealed class Run
{
    private const string Digits = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public Run(Hospital hospital)
    {
        Hospital = hospital;
        var value = Dice.For(hospital.Seed, "control ids", hospital.Start.UtcTicks).Next();
        Tag = string.Create(6, value, static (text, left) =>
        {
            for (var i = 0; i < text.Length; i++, left /= (ulong)Digits.Length) text[i] = Digits[(int)(left % (ulong)Digits.Length)];
        });
    }

    public Hospital Hospital { get; }

    /// <summary>Six characters that tell this run from every other one.</summary>
    public string Tag { get; }

    /// <summary>MSH-10: at most 20 characters (2.5.1), one for ever for each event.</summary>
    public string ControlId(long sequence) => $"{Tag}-{sequence:00000000}";
}
