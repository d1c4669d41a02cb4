using Journey.Contracts.Access;
using Journey.Contracts.Visits;
using Journey.Gateway.Trust.Identity;

namespace Journey.Gateway.Trust.Audit;

/// <summary>
/// What of an opened visit the rules of <c>snooping</c> ask. Made here, where employee and patient are both known: no name goes further.
/// </summary>
internal sealed record SeenVisit(Guid Patient, string Unit, LookSigns Signs, DateTimeOffset? EndedAt)
{
    public static SeenVisit For(HttpContext http, VisitRow visit, DateTimeOffset now)
    {
        var (caller, patient) = (http.Caller(), visit.Patient);
        var ground = VisitAccess.GroundOf(caller, visit, now);
        var signs = Sign(ground == Ground.Assigned, LookSigns.HasPart) | Sign(ground == Ground.Glass, LookSigns.ByGlass) | Sign(patient.Confidential,
            LookSigns.Hidden)
            // Of this unit, by name: whoever may open all of them is in charge of none.
            | Sign(caller.Roles.Contains(Role.ChargeNurse) && caller.Units.Contains(visit.Unit), LookSigns.InCharge)
            | Sign(SameName.IsSurname(caller.Name, patient.FamilyName), LookSigns.SameSurname)
            | Sign(SameName.IsWhole(caller.Name, patient.FamilyName, patient.GivenName)
                && !IsAnother(patient, Callers.BirthDateOf(http.User)), LookSigns.OwnRecord);
        return new(patient.Id.Value, visit.Unit, signs, visit.DepartedAt);
    }

    private static bool IsAnother(PatientRef patient, DateOnly? birthDate) =>
        patient.BirthDate is { } patients && birthDate is { } theirs && patients != theirs;

    private static LookSigns Sign(bool isSo, LookSigns sign) => isSo ? sign : LookSigns.None;
}
