using Journey.Dashboard.Shell;

namespace Journey.Dashboard.Tests;

/// <summary>What is found by typing a part of it.</summary>
public class PaletteTests
{
    [Theory]
    [InlineData("must", 0), InlineData("eri must", 0), InlineData("r01 must", 0), InlineData("em", 1), InlineData("ME", 1), InlineData("frau", 2),
        InlineData("", 0), InlineData("exm", null), InlineData("r02 must", null)]
    public void A_patient_is_found_by_beginnings_initials_and_parts(string typed, int? fit) =>
        Assert.Equal(fit, new PaletteEntry("Patient", "Musterfrau, Erika", "R01-1", () => { }).Fit(typed));
}
