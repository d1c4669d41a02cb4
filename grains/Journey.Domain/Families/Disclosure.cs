using System.Collections.Immutable;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;

namespace Journey.Domain.Families;

/// <summary>
/// What may be said to whom (45 CFR 164.510): nothing of a patient behind a lock, and never more than the contact's consent covers.
/// </summary>
public static class Disclosure
{
    /// <summary>Behind a lock even that the patient is here is not said; neither is that there is a lock.</summary>
    public static bool IsHidden(Visit visit) => visit.Patient.Confidential || !StaffLocks.InForce(visit).Held.IsEmpty;

    /// <summary>
    /// The patient as screens know them: a lock that staff set for their safety, or to keep them confidential, hides them inside the house as the
    /// feed's own flag does.
    /// </summary>
    public static PatientRef Shown(PatientRef patient, ImmutableArray<PrivacyLock> locks) =>
        patient is { Confidential: false } && !locks.IsDefaultOrEmpty && locks.Any(l => l is PrivacyLock.Safety or PrivacyLock.Confidential)
        ? patient with { Confidential = true }
        : patient;

    /// <summary>What a contact on record may hear.</summary>
    public static Consent MayHear(Visit visit, ContactCard? contact) =>
        IsHidden(visit) || contact is null ? Consent.Nothing : AtMost(visit, contact.Consent);

    /// <summary>What somebody on the telephone may hear who knows the code word, or does not. Who is on no list hears of progress at most.</summary>
    public static Consent MayHear(Visit visit, ContactCard? contact, bool knowsCodeWord)
    {
        if (IsHidden(visit)) return Consent.Nothing;
        var most = contact?.Consent ?? (knowsCodeWord ? Consent.Progress : Consent.Condition);
        if (!knowsCodeWord && most > Consent.Condition) most = Consent.Condition;
        return AtMost(visit, most);
    }

    /// <summary>Why an update may not reach the contact; null when it may.</summary>
    public static string? Obstacle(Visit visit, ContactCard contact) =>
        IsHidden(visit) ? "lock" : visit.Course.Care.OnHold ? "hold" : contact.Consent < Consent.Progress ? "consent" : null;

    /// <summary>Until a clinician has spoken with the family nothing is said that could give away the news.</summary>
    private static Consent AtMost(Visit visit, Consent consent) =>
        (visit.Course.Care.OnHold || visit.Patient.Deceased) && consent > Consent.Condition ? Consent.Condition : consent;
}
