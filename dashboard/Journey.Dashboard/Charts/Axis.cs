using System.Globalization;

namespace Journey.Dashboard.Charts;

/// <summary>A scale from nought to a round number at or above the greatest value, with marks at round steps between.</summary>
public readonly record struct Axis(double Top, double Step)
{
    /// <summary>At most this many steps: more than that nobody reads off.</summary>
    private const int MostSteps = 5;

    private static readonly int[] Round = [1, 2, 5, 10];

    /// <param name="greatest">Of all that is drawn, limits too; nought or less is drawn as one step.</param>
    public static Axis For(double greatest)
    {
        if (!(greatest > 0) || double.IsInfinity(greatest)) return new(1, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(greatest / MostSteps)));
        var step = Round.Select(times => times * power).First(each => Math.Ceiling(greatest / each) <= MostSteps);
        return new(step * Math.Ceiling(greatest / step), step);
    }

    /// <summary>The marks, the lowest first.</summary>
    public IEnumerable<double> Marks
    {
        get
        {
            for (var i = 0; i <= Math.Round(Top / Step); i++) yield return i * Step;
        }
    }

    /// <summary>Where a value stands on a picture that is so high, from its top.</summary>
    public double Down(double value, double height) => height * (1 - (Math.Clamp(value, 0, Top) / Top));

    /// <summary>A coordinate as a picture has it.</summary>
    public static string Text(double coordinate) => coordinate.ToString("0.##", CultureInfo.InvariantCulture);
}
