using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Grains.Runtime;

namespace Journey.Grains.Intake;

/// <summary>Follows who became whom.</summary>
internal static class Merges
{
    /// <summary>Merges, and visits that turned out to be one, form chains, seldom longer than two.</summary>
    public const int MaxHops = 16;

    /// <summary>Who a patient is now, after all merges.</summary>
    public static async Task<PatientId> CurrentId(this IGrainFactory grains, PatientId patient) => (await grains.CurrentPerson(patient)).Id;

    /// <summary>Who a patient is now, and what is known of them; null when nothing is.</summary>
    public static async Task<(PatientId Id, PatientView? View)> CurrentPerson(this IGrainFactory grains, PatientId patient)
    {
        for (var hop = 0; hop < MaxHops; hop++)
        {
            var view = await grains.Patient(patient).Read();
            if (view?.MergedInto is not { } next) return (patient, view);
            patient = next;
        }

        throw new InvalidOperationException("Merges go round in a circle.");
    }
}
