using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;

namespace Journey.Domain.Tests.Access;

/// <summary>Given a visit as it stands, when somebody comes, then they are admitted or told why not.</summary>
public sealed class VisitAccessTests
{
    private static readonly DateTimeOffset Now = Spec.At(30);
    private static readonly Person Kim = new("staff/kim-reyes", "Kim Reyes");
    private const Scope Care = Scope.Units | Scope.Assigned;

    private static readonly VisitRow Open =
        new() { Visit = Spec.Id, Unit = "ED", Status = VisitStatus.Present, Patient = Say.Ada, Location = new Location("ED", "3", "A") };
    private static readonly VisitRow Hidden = Open with { Patient = Say.Ada with { Confidential = true } };

    [Fact]
    public void Staff_of_the_unit_are_admitted() => Assert.Null(Comes(Open, Nurse("ED")));

    [Fact]
    public void Who_covers_every_unit_is_admitted() => Assert.Null(Comes(Open, Nurse(Caller.EveryUnit)));

    [Fact]
    public void Staff_of_the_unit_that_awaits_the_patient_are_admitted() =>
        Assert.Null(Comes(Open with { Plan = new PlanView(PlanKind.Transfer, new Location("4W"), null, Now) }, Nurse("4W")));

    [Fact]
    public void Others_are_asked_to_break_the_glass() => Assert.Equal(RefusalCodes.GlassRequired, Comes(Open, Nurse("4W")));

    [Fact]
    public void A_role_without_the_operation_is_denied_on_its_own_unit_too() =>
        Assert.Equal(RefusalCodes.AccessDenied, Comes(Open, Nurse("ED") with { Scope = Scope.None }));

    [Fact]
    public void A_role_that_may_have_no_part_in_visits_is_denied_and_offered_no_glass() =>
        Assert.Equal(RefusalCodes.AccessDenied, Comes(Open, Nurse("4W") with { Scope = Scope.Units }));

    [Fact]
    public void A_grant_helps_no_role_that_may_have_no_part_in_visits() =>
        Assert.Equal(RefusalCodes.AccessDenied, Comes(Broken(Open, "kim", 60), Nurse("4W") with { Scope = Scope.Units }));

    public static TheoryData<string> Parts() => ["nurse", "provider", "contact", "receiver", "owner"];

    [Theory, MemberData(nameof(Parts))]
    public void Who_has_a_part_in_the_visit_is_admitted_wherever_they_work(string part)
    {
        foreach (var visit in new[] { Open, Hidden })
        {
            Assert.Null(Comes(With(visit, part, Kim), Nurse("4W")));
            Assert.NotNull(Comes(With(visit, part, new Person("staff/sam-ortiz", "Sam Ortiz")), Nurse("4W")));
        }
    }

    [Fact]
    public void A_confidential_visit_is_open_to_the_charge_nurse_of_its_unit() =>
        Assert.Null(Comes(Hidden, Nurse("ED") with { Roles = [Role.ChargeNurse] }));

    [Fact]
    public void To_others_of_the_unit_it_is_a_bed_that_is_taken() => Assert.Equal(RefusalCodes.GlassRequired, Comes(Hidden, Nurse("ED")));

    [Fact]
    public void Without_a_bed_nobody_of_the_unit_may_know_of_it() =>
        Assert.Equal(RefusalCodes.VisitUnknown, Comes(Hidden with { Location = new Location("ED") }, Nurse("ED")));

    [Fact]
    public void Out_of_the_unit_it_does_not_exist()
    {
        Assert.Equal(RefusalCodes.VisitUnknown, Comes(Hidden, Nurse("4W")));
        Assert.Equal(RefusalCodes.VisitUnknown, Comes(Hidden, Nurse("4W") with { Roles = [Role.ChargeNurse] }));
        Assert.Equal(RefusalCodes.VisitUnknown, Comes(Hidden, Nurse("4W") with { Scope = Scope.House }));
    }

    [Fact]
    public void Nor_to_the_unit_that_awaits_the_patient() =>
        Assert.Equal(RefusalCodes.VisitUnknown,
            Comes(Hidden with { Plan = new PlanView(PlanKind.Transfer, new Location("4W"), null, Now) },
                Nurse("4W") with { Roles = [Role.ChargeNurse] }));

    [Fact]
    public void A_grant_opens_it_until_it_ends_and_to_its_holder_alone()
    {
        foreach (var visit in new[] { Open, Hidden })
        {
            Assert.Null(Comes(Broken(visit, "kim", 60), Nurse("4W")));
            Assert.NotNull(Comes(Broken(visit, "kim", 30), Nurse("4W")));
            Assert.NotNull(Comes(Broken(visit, "sam", 60), Nurse("4W")));
        }
    }

    [Fact]
    public void Long_after_the_end_nobody_is_admitted_any_more_but_through_the_glass()
    {
        var left = Open with { Status = VisitStatus.Departed, Nurse = Kim, DepartedAt = Now - VisitAccess.KeptOpen + TimeSpan.FromMinutes(1) };
        Assert.Null(Comes(left, Nurse("ED")));
        // By the card of an earlier version, which does not say when, and by what the policy says.
        foreach (var over in new[] { left with { DepartedAt = Now - VisitAccess.KeptOpen }, left with { ClosesAt = Now } })
        {
            Assert.Equal(RefusalCodes.GlassRequired, Comes(over, Nurse("ED")));
            Assert.Equal(RefusalCodes.GlassRequired, Comes(over, Nurse("4W")));
            Assert.Null(Comes(Broken(over, "kim", 60), Nurse("4W")));
            Assert.Null(Comes(over, Nurse("4W") with { Scope = Scope.House | Scope.Confidential }));
            // Whoever still owes something can do it.
            Assert.Null(Comes(With(over, "owner", Kim), Nurse("4W")));
        }
    }

    [Fact]
    public void The_policy_says_how_long_that_is()
    {
        var policy = PolicyReader.Read("name: x\nversion: 1\nextends: default\nglass: { after: 2 d }\n").Policy!;
        var spec = new Spec(policy).Given(Say.Arrive(0, "ED/3/A")).Given(Say.Discharge(60));
        Assert.Equal(spec.Row.DepartedAt + TimeSpan.FromDays(2), spec.Row.ClosesAt);
        Assert.NotEmpty(PolicyReader.Read("name: x\nversion: 1\nextends: default\nglass: { after: 60 min }\n").Errors);
    }

    [Fact]
    public void The_ground_is_the_nearest_one()
    {
        Assert.Equal(Ground.Unit, GroundOf(Broken(Open, "kim", 60), Nurse("ED")));
        Assert.Equal(Ground.Assigned, GroundOf(Open with { Nurse = Kim }, Nurse("ED")));
        Assert.Equal(Ground.House, GroundOf(Open, Nurse("4W") with { Scope = Scope.House }));
        Assert.Equal(Ground.Glass, GroundOf(Broken(Hidden, "kim", 60), Nurse("ED")));
        Assert.Equal(Ground.Link, GroundOf(Hidden, new Caller("", "", "", [], [], Scope.Link)));
        Assert.Null(GroundOf(Hidden, Nurse("ED")));
    }

    private static Ground? GroundOf(VisitRow visit, Caller caller) => VisitAccess.GroundOf(caller, visit, Now);

    private static string? Comes(VisitRow visit, Caller caller) => VisitAccess.Obstacle(caller, visit, Now)?.Code;

    private static Caller Nurse(string unit) => new("kim", Kim.Id, Kim.Name, [Role.Nurse], [unit], Care);

    private static VisitRow Broken(VisitRow visit, string holder, double until) =>
        visit with { Glass = [new GlassGrant(Guid.Empty, holder, Say.Nurse, "emergency", Spec.At(0), Spec.At(until))] };

    private static VisitRow With(VisitRow visit, string part, Person who) => part switch
    {
        "nurse" => visit with { Nurse = who },
        "provider" => visit with { Provider = who },
        "contact" => visit with { PointOfContact = who },
        "receiver" => visit with { Handoff = new HandoffView(Guid.Empty, HandoffState.Offered, CareRole.Nurse, null, who, Now, Now, null, null) },
        _ => visit with { Owed = [new OwedView(Guid.Empty, OwedKind.Question, "clinical", "open", who, Now, null)] },
    };
}
