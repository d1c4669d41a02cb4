using CsCheck;
using Journey.Contracts.Patients;
using Journey.Domain.Patients;
using Journey.Domain.Policies;

namespace Journey.Domain.Tests.Patients;

public sealed class ParticularsProperties
{
    private static readonly Gen<string?> Texts = Gen.Int[0, 4].Select(i => ((string?[])[null, "", "Moss", "Marsh", "Reed"])[i]);
    private static readonly Gen<bool?> Flags = Gen.Int[0, 2].Select(i => ((bool?[])[null, true, false])[i]);

    private static readonly Gen<PatientFacts> Facts =
        Gen.Select(Texts, Texts, Gen.Int[0, 2], Texts, Flags, Flags, (family, given, born, sex, dead, confidential) => new PatientFacts
        {
            Id = Say.Ada.Id, FamilyName = family, GivenName = given, BirthDate = born == 0
            ? null
            : new DateOnly(1950, 1, born), Sex = sex, Deceased = dead, Confidential = confidential,
            Number = family, Language = given,
        });

    [Fact]
    public void In_whatever_order_particulars_are_heard_the_latest_count() =>
        Gen.Select(Facts.Array[1, 8], Gen.Int[0, int.MaxValue]).Sample((facts, seed) =>
    {
        var inOrder = facts.Select((said, i) => (said, Spec.At(i))).ToArray();
        var shuffled = inOrder.ToArray();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(Told(inOrder).Ref, Told(shuffled).Ref);
    }, iter: 4_000);

    [Fact]
    public void A_sender_that_may_not_changes_nothing_that_is_known_and_lifts_nothing() =>
        Gen.Select(Facts.Array[1, 5], Facts.Array[1, 5]).Sample((before, barred) =>
    {
        var first = before.Select((said, i) => (said, Spec.At(i))).ToArray();
        var known = Told(first).Ref;
        var then = Told(
            [.. first, .. barred.Select((said, i) => (said with { Barred = Barred.Rename | Barred.Unlock }, Spec.At(before.Length + i)))]).Ref;
        if (known.FamilyName is not null || known.GivenName is not null)
            Assert.Equal((known.FamilyName, known.GivenName), (then.FamilyName, then.GivenName));
        if (known.BirthDate is not null) Assert.Equal(known.BirthDate, then.BirthDate);
        if (known.Sex is not null) Assert.Equal(known.Sex, then.Sex);
        if (known.Number is not null) Assert.Equal(known.Number, then.Number);
        Assert.Equal(known.Confidential || barred.Any(said => said.Confidential == true), then.Confidential);
        var last = barred[^1] with { Barred = Barred.Rename | Barred.Unlock };
        Assert.Equal(last.Confidential == false && then.Confidential, Particulars.Withheld(then, last).HasFlag(Barred.Unlock));
    }, iter: 4_000);

    /// <summary>Decides, writes, reads and folds each as a message about the person alone.</summary>
    private static Patient Told((PatientFacts Facts, DateTimeOffset At)[] messages)
    {
        var patient = Patient.Unknown;
        foreach (var (facts, at) in messages)
        {
            var id = new Contracts.CommandId(new Guid((int)patient.Version + 1, 0, 0, new byte[8]));
            var events = PatientDecider.Receive(patient, new ReceivePatient(id, Say.Feed, at, facts, VisitIntent.None, null),
                PolicyReader.Default).Events;
            if (!events.IsEmpty) patient =
                PatientFold.Fold(patient, PatientJson.Read(patient.Version + 1, id.Value, PatientJson.Write(Say.Feed, events)));
        }

        return patient;
    }
}
