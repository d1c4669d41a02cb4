using Journey.Contracts.Visits;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Live.Views;

/// <summary>A patient as an audience may know them.</summary>
internal static class PatientNames
{
    private const string Confidential = "Confidential";
    private const string Unknown = "Name not known";

    public static Api.Patient For(PatientRef patient, Audience audience) => (audience, patient.Confidential) switch
    {
        (Audience.Wall, true) or (Audience.Operations, _) => new("", null, null, null),
        (Audience.Wall, false) => new(OnWall(patient), null, null, null),
        (Audience.Charge or Audience.Desk or Audience.Liaison, true) => new(Confidential, null, null, null) { Confidential = true },
        _ => new(AtDesk(patient), patient.Number, patient.BirthDate, patient.Sex) { Confidential = patient.Confidential },
    };

    /// <summary><c>Family, Given</c>.</summary>
    private static string AtDesk(PatientRef patient) => (Said(patient.FamilyName), Said(patient.GivenName)) switch
    {
        ({ } family, { } given) => $"{family}, {given}",
        ({ } family, null) => family,
        (null, { } given) => given,
        _ => Unknown,
    };

    /// <summary><c>Given F.</c>, or the initial alone.</summary>
    private static string OnWall(PatientRef patient) => (Said(patient.FamilyName), Said(patient.GivenName)) switch
    {
        ({ } family, { } given) => $"{given.Split(' ', 2)[0]} {Initial(family)}",
        ({ } family, null) => Initial(family),
        (null, { } given) => Initial(given),
        _ => "",
    };

    private static string Initial(string name) => name.EnumerateRunes().First().ToString().ToUpperInvariant() + ".";

    private static string? Said(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Trim();
}
