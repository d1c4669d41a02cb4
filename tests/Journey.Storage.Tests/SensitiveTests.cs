using System.Text;
using Journey.Domain;
using Journey.Domain.Facts;
using Journey.Domain.Visits;
using Journey.Grains.Storage;

namespace Journey.Storage.Tests;

/// <summary>
/// A text that is added to an event or a card fails here until somebody decides: it is marked <c>[Sensitive]</c>, or named below with the reason why
/// it is not.
/// </summary>
public sealed class SensitiveTests
{
    private static readonly Dictionary<string, string[]> InClear = new()
    {
        ["names and numbers, by which boards are read and patients found"] =
        [
            "PatientRef.FamilyName", "PatientRef.GivenName", "PatientRef.Number", "PatientRef.Sex", "PatientRef.Language", "PatientFacts.FamilyName",
            "PatientFacts.GivenName", "PatientFacts.Number",
            "PatientFacts.Sex", "PatientFacts.Language", "Said.Number", "Said.Account", "Numbered.From", "Numbered.Number", "VisitRow.Number",
            "VisitEntry.Number", "VisitEntry.NumberOf", "VisitEntry.Account",
            "VisitLink.Number", "LinkChange.Number", "VisitRenumbered.From", "VisitRenumbered.To",
        ],
        ["names of the family, and who they are to the patient"] =
        [
            "Asker.Name", "ContactCard.Name", "ContactCard.Relation", "ContactCard.Language", "FamilyContact.Name", "FamilyContact.Relation",
            "FamilyTold.Who", "FamilyView.LastToldWho",
            "FamilyView.WaitingWho", "FamilyWaited.Who", "PromiseMade.ToWhom",
        ],
        ["staff, and whoever else acts"] =
        [
            "Actor.Id", "Actor.Name", "Person.Id", "Person.Name", "Freshness.By", "GlassBroken.Holder", "GlassGrant.Holder", "ShiftEnded.Member",
            "StaffMember.Id", "StaffMember.Name", "StaffMember.Roles",
            "StaffMember.Units", "Shift.Role", "Shift.Unit", "ShiftEnded.Role", "ShiftEnded.Unit", "SessionInfo.Id", "SessionInfo.Name",
            "SessionInfo.Who", "SessionInfo.Units", "SessionInfo.Address", "SessionInfo.ProviderSession", "SessionEnded.Session",
            "Finding.Account",
        ],
        ["places"] =
        [
            "Location.Unit", "Location.Room", "Location.Bed", "Location.Facility", "BedFact.Bed", "BedFact.Room", "Said.DefaultUnit",
            "GlassOpened.Unit", "LinkChange.Unit", "FactReport.Unit", "RuleSwitched.Unit", "VisitLink.Unit", "StepTime.Unit",
            "ViewChosen.Unit",
            "VisitEntry.EmergencyUnit", "VisitRow.Unit", "Look.Unit", "Finding.Unit",
        ],
        ["codes and keys: of the policy, of a feed's tables, of our own"] =
        [
            "AlertRaised.Rule", "AlertEscalated.To", "AlertEscalated.Passed", "AlertResolved.How", "AlertView.Awaits", "AlertView.EscalatedTo",
            "AlertView.Kind", "AlertView.Resolution", "AlertView.Rule", "ClockView.Kind", "ClockView.Rule", "Delivery.Channel",
            "DeliveryEnded.Channel", "DeliveryTried.Channel", "GlassAsked.Reason", "GlassBroken.Reason", "GlassGrant.Reason", "GlassRefused.Code",
            "LocalText.Language",
            "Telling.Language", "Noted.Heard", "OwedView.Detail", "OwedView.State", "PromptView.Key", "Said.Disposition", "FactReport.Fact",
            "RuleSwitched.Rule", "Said.NotBelieved", "Said.Service", "StepReached.Step", "StepTime.Step",
            "BoardLayout.Steps", "UpdateWritten.Template", "VisitRow.Service", "VisitRow.Step", "VisitRow.StepsAhead",
        ],
        ["lines that Journey or the policy words, the same for every patient"] =
            ["AlertView.Late", "AlertView.Says", "ClockView.Says", "Doubt.Says", "Delivery.Why", "DeliveryEnded.Why"],
    };

    [Fact]
    public void Every_text_that_is_stored_is_sealed_or_somebody_has_said_why_it_is_not() =>
        Assert.Equal(InClear.Values.SelectMany(names => names).Order(StringComparer.Ordinal),
            StreamKinds.Texts.Where(text => !text.IsSensitive).Select(Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_people_write_in_words_is_sealed()
    {
        var sealedTexts = StreamKinds.Texts.Where(text => text.IsSensitive).Select(Name).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "AlertResolved.Action", "AlertSnoozed.Reason", "RuleSwitched.Reason", "HandoffReturned.Question", "RequestDone.Outcome",
                "IPass.Illness", "PromiseKept.How", "SessionEnded.Reason", "PromptView.Says", "AlertView.Reason", "HandoffView.Note",
                "Said.Complaint",
            },
            sealedTexts);
    }

    [Theory]
    [InlineData("visit/7", "visit.alert-resolved.v1")]
    [InlineData("patient/7", "patient.told.v1")]
    [InlineData("unit/ED", null)]
    [InlineData("number/7", null)]
    [InlineData("sessions/wall", "session.ended.v1")]
    [InlineData("hotline/all", "hotline.rang.v1")]
    [InlineData("glass/all", "glass.asked.v1")]
    [InlineData("looks/7/1", "looks.noted.v1")]
    [InlineData("findings/all", "findings.judged.v1")]
    [InlineData("staff-directory/all", "staff.enrolled.v1")]
    [InlineData("rules", "rules.switched.v1")]
    [InlineData("views/7", "views.kept.v1")]
    public void Every_stream_that_grains_write_is_of_a_known_kind(string stream, string? kind)
    {
        var shape = StreamKinds.ShapeOf(stream);
        Assert.NotNull(shape);
        if (kind is null) return;
        var reader =
            new System.Text.Json.Utf8JsonReader(
                Encoding.UTF8.GetBytes(stream is "visit/7" or "patient/7" or "staff-directory/all" or "rules" or "views/7" or "looks/7/1" or "findings/all"
                    ? """{"events":1}"""
                    : """{"event":1}"""));
        reader.Read();
        reader.Read();
        Assert.NotNull(shape.Part(reader)?.Kind(kind));
    }

    [Fact]
    public async Task A_stream_or_an_event_of_an_unknown_kind_is_refused_and_named_and_nothing_of_it_is_written()
    {
        await using var database = new SqliteDatabase();
        var store = await database.Open();
        var stream = await Assert.ThrowsAsync<InvalidOperationException>(() => store.Journal.Append(Some.Commit("letters/0007", 1)));
        Assert.Contains("'letters'", stream.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0007", stream.Message, StringComparison.Ordinal);
        foreach (var (payload, says) in new[]
        {
            ("""{"events":[{"event":"visit.contacted.v1"},{"event":"visit.letter-sent.v1","text":"x"}]}""", "'visit.letter-sent.v1'"),
            ("""{"events":[{"text":"x"}]}""", "names no kind"),
            ("""{"events":[{"event":"visit.care-carried.v1","entries":[{"fact":{"at":"x","event":"visit.letter-sent.v1"}}]}]}""",
                "'visit.letter-sent.v1'"),
        })
        {
            var e = await Assert.ThrowsAsync<InvalidOperationException>(() => store.Journal.Append(Some.Commit("visit/7", 1, payload: payload)));
            Assert.Contains(says, e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await database.Scalar("select count(*) from journal"));
        Assert.Equal(AppendResult.Appended,
            await store.Journal
                .Append(Some.Commit("visit/7", 1, payload: Encoding.UTF8.GetString(VisitJson.Write(new("staff/kim"), [new Contacted(Some.Noon)])))));
    }

    private static string Name(StoredText text) => $"{text.Owner.Name}.{text.Property}";
}
