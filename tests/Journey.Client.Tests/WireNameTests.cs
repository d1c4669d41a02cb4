using System.Text.Json;
using Journey.Api;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Audit;
using Journey.Contracts.Boards;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Hotline;
using Journey.Contracts.Intake;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Names = System.Collections.Generic.IEnumerable<string>;

namespace Journey.Client.Tests;

/// <summary>The words of the public API are those that the cluster's own values become on the wire: none more, none fewer.</summary>
public class WireNameTests
{
    public static TheoryData<Type, Type> Dashed() => new()
    {
        { typeof(Departures), typeof(DepartureKind) }, { typeof(PlaceKinds), typeof(PlaceKind) }, { typeof(DoubtKinds), typeof(DoubtKind) },
        { typeof(LinkKinds), typeof(LinkKind) },
        { typeof(PlanKinds), typeof(PlanKind) }, { typeof(Api.Verified), typeof(Contracts.Visits.Verified) },
        { typeof(Severities), typeof(Severity) }, { typeof(AlertStates), typeof(AlertState) },
        { typeof(RuleStandings), typeof(RuleStanding) }, { typeof(CareRoles), typeof(CareRole) }, { typeof(AskerKinds), typeof(AskerKind) },
        { typeof(OwedKinds), typeof(OwedKind) },
        { typeof(QuestionKinds), typeof(QuestionKind) }, { typeof(QuestionStates), typeof(QuestionState) },
        { typeof(PromiseStates), typeof(PromiseState) }, { typeof(RequestKinds), typeof(RequestKind) },
        { typeof(RequestStates), typeof(RequestState) }, { typeof(HandoffStates), typeof(HandoffState) }, { typeof(Topics), typeof(Topic) },
        { typeof(PrivacyLocks), typeof(PrivacyLock) },
        { typeof(Consents), typeof(Consent) }, { typeof(UpdateStates), typeof(UpdateState) }, { typeof(DeliveryStates), typeof(DeliveryState) },
        { typeof(CodeWordResults), typeof(CodeWordCheck) },
        { typeof(FamilyDoors), typeof(Contracts.Families.FamilyDoor) }, { typeof(MessageResults), typeof(IntakeResult) },
        { typeof(CallStates), typeof(CallState) }, { typeof(GlassStates), typeof(GlassState) },
        { typeof(GlassVerdicts), typeof(GlassVerdict) }, { typeof(FindingRules), typeof(Contracts.Access.FindingRule) },
        { typeof(AuditActions), typeof(AuditAction) }, { typeof(AuditOutcomes), typeof(AuditOutcome) },
        { typeof(BedStatuses), typeof(BedStatus) },
        { typeof(BoardColumns), typeof(BoardColumn) }, { typeof(BoardSorts), typeof(BoardSort) },
        { typeof(BoardDensities), typeof(BoardDensity) },
        { typeof(BoardFilters), typeof(BoardFilter) }, { typeof(BoardSections), typeof(BoardSection) },
        { typeof(VisitClasses), typeof(PatientClass) },
    };

    [Theory, MemberData(nameof(Dashed))]
    public void Words_are_the_values_of_the_cluster(Type words, Type values) =>
        Assert.Equal(Enum.GetNames(values).Select(JsonNamingPolicy.KebabCaseLower.ConvertName).Where(IsSaid).Order(),
            WordsOf(words).Where(IsSaid).Order());

    [Fact]
    public void Statuses_are_written_without_dashes() =>
        Assert.Equal(Enum.GetNames<VisitStatus>().Select(name => name.ToLowerInvariant()).Order(), WordsOf(typeof(VisitStatuses)).Order());

    [Fact]
    public void Outcomes_are_all_but_the_refusal_which_is_a_problem() =>
        Assert.Equal(Enum.GetNames<OutcomeKind>().Select(name => name.ToLowerInvariant()).Where(name => name != "refused").Order(),
            WordsOf(typeof(Outcomes)).Order());

    [Fact]
    public void Steps_roles_and_what_is_awaited_are_those_of_the_cluster()
    {
        Assert.Equal(WordsOf(typeof(Contracts.Visits.Steps)).Order(), WordsOf(typeof(Api.Steps)).Order());
        Assert.Equal(WordsOf(typeof(AwaitedFacts)).Order(), WordsOf(typeof(Awaited)).Order());
        Assert.Empty(StaffRoles.All.Concat(Enum.GetNames<Role>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)).Except(WordsOf(typeof(Roles))));
    }

    [Fact]
    public void Every_refusal_has_its_code_in_the_public_list() => Assert.Empty(WordsOf(typeof(RefusalCodes)).Except(WordsOf(typeof(ProblemCodes))));

    /// <summary>Where nothing is known the word is left out of most answers; where it is said, its word is in the list.</summary>
    private static bool IsSaid(string word) => word != "unknown";

    private static Names WordsOf(Type type) =>
        type.GetFields().Where(field => field.IsLiteral && field.FieldType == typeof(string)).Select(field => (string)field.GetRawConstantValue()!);
}
