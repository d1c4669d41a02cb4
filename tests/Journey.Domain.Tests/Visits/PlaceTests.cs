using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Visits;

/// <summary>Where a patient is, and what a message that says little of it changes.</summary>
public sealed class PlaceTests
{
    private static Location Bed(string? unit, string? room, string? bed) => new(unit ?? "", room, bed);

    private static Update Says(double at, Location place) => Say.Update(at, new VisitDetails { Location = place, DefaultUnit = "ED" });

    [Fact]
    public void What_is_not_said_of_a_place_takes_no_bed_away_and_what_is_said_to_be_none_does()
    {
        // S1
        var spec = new Spec().Given(Say.Arrive(0, "ED/6/1"), Says(5, Bed("ED", null, null)));
        Assert.Equal(Bed("ED", "6", "1"), spec.Row.Location);
        spec.Given(Says(6, Bed("ED", null, "")));
        Assert.Equal(Bed("ED", "6", null), spec.Row.Location);
        spec.Given(Says(7, Bed("ED", "7", null)));
        Assert.Equal(Bed("ED", "7", null), spec.Row.Location);
        spec.Given(Says(8, Bed("ED", "8", "2")), Say.Transfer(9, "ED"));
        Assert.Equal(Bed("ED", null, null), spec.Row.Location);
        // A bed alone is in the unit that is known.
        var ward = new Spec().Given(Say.Admit(0, "4W/12/A"),
            Say.Update(5, new VisitDetails { Location = Bed("", null, "B"), DefaultUnit = "UNPLACED" }));
        Assert.Equal(Bed("4W", null, "B"), ward.Row.Location);
        spec.Given(Says(10, Bed("ED", "8", "2")), Says(11, Bed("", "", "")));
        Assert.Equal(Bed("ED", null, null), spec.Row.Location);
    }

    [Fact]
    public void Another_unit_said_in_an_update_is_a_move_and_another_class_a_change_of_class()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Contact(1, Say.Lee), Say.Plan(60, PlanKind.Admit, "4W/1/A"),
            Say.Update(100, "4W/1/A", PatientClass.Inpatient));
        Assert.Equal([("ED", (DateTimeOffset?)At(100)), ("4W", null)], spec.View.Stays.Select(s => (s.Location.Unit, s.Until)));
        Assert.Equal((Steps.Admitted, HandoffState.Required, At(100)), (spec.Row.Step, spec.Row.Handoff!.State, spec.Course.MovedAt));
        var boarding = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Update(50, "ED/3/A", PatientClass.Inpatient));
        Assert.Equal(At(50), boarding.Course.BoardingSince);
    }

    [Fact]
    public void A_waiting_chair_and_a_hallway_bed_are_places_and_no_treatment_room()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/WAITING/WR12"), Say.Contact(1, Say.Lee));
        Assert.Equal((Steps.Placed, PlaceKind.Waiting), (spec.Row.Step, spec.Row.PlaceKind));
        Assert.Empty(VisitProjection.BedStays(spec.Visit));
        spec.Review(60);
        Assert.NotNull(spec.Open("ed.room.max"));
        Assert.NotNull(spec.Open("ed.waiting-room.check"));
        spec.Given(Say.Transfer(61, "ED/HALL/2"));
        Assert.Equal((Steps.Placed, PlaceKind.Hallway), (spec.Row.Step, spec.Row.PlaceKind));
        Assert.NotNull(spec.Open("ed.room.max"));
        // Nobody makes a spot in the hallway: it is no bed that was left dirty.
        Assert.Empty(VisitProjection.BedStays(spec.Visit));
        spec.Given(Say.Transfer(62, "ED/3/A"));
        Assert.Equal(Steps.Roomed, spec.Row.Step);
        Assert.Empty(spec.Care.Updates);
    }

    [Fact]
    public void A_place_of_unknown_kind_takes_nobody_back_a_step_that_was_reached()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Transfer(30, "ED/R21"));
        Assert.Equal((Steps.Roomed, At(0)), (spec.Row.Step, spec.Row.StepSince));
        var corrected = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Update(30, "ED/R21"));
        Assert.Equal((Steps.Roomed, At(0)), (corrected.Row.Step, corrected.Row.StepSince));
    }

    [Fact]
    public void A_room_without_a_bed_that_the_policy_calls_treatment_is_a_treatment_room()
    {
        Assert.Equal(Steps.Arrived, new Spec().Given(Say.Arrive(0, "ED/R21")).Row.Step);
        var policy = Patience with { Places = [new PlacePolicy("ED", "R*", null, PlaceKind.Treatment, Department.Unknown), .. Patience.Places] };
        var spec = new Spec(policy).Given(Say.Arrive(0, "ED"), Say.Transfer(20, "ED/r21"));
        Assert.Equal((Steps.Roomed, At(20)), (spec.Row.Step, spec.Row.StepSince));
    }

    [Fact]
    public void A_step_that_was_skipped_was_not_done()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED"));
        spec.Review(10);
        Assert.NotNull(spec.Open("ed.triage"));
        spec.Given(Say.Transfer(11, "ED/3/A"));
        spec.Review(12);
        Assert.Equal(Resolutions.PassedOver, spec.Visit.Alerts.Single(a => a.Rule == "ed.triage").Resolution);
    }

    [Fact]
    public void The_stay_in_the_department_lasts_until_the_patient_is_out_of_it()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.ChangeClass(100, PatientClass.Inpatient, "ED/3/A"));
        spec.Review(480);
        Assert.Equal(At(480), spec.Open("ed.los")!.DueAt);
        Assert.Null(spec.Row.LeftDepartmentAt);
        spec.Given(Say.Transfer(500, "4W/1/A"));
        spec.Review(501);
        Assert.Null(spec.Open("ed.los"));
        Assert.Equal(At(500), spec.Row.LeftDepartmentAt);
        spec.Given(Say.Cancel(510, CancelledFact.Transfer));
        Assert.Null(spec.Row.LeftDepartmentAt);
    }

    [Fact]
    public void The_clocks_of_a_place_start_on_reaching_it_and_coming_back_answers_the_handoff()
    {
        var spec = new Spec().Given(Say.Admit(0, "4W/12/A"), Say.Transfer(300, "OR/1/1"));
        Assert.Equal(HandoffState.Required, spec.Row.Handoff!.State);
        spec.Given(Say.Transfer(400, "4W/12/A"));
        Assert.Null(spec.Row.Handoff);
        spec.Review(401);
        Assert.Null(spec.Open("rounding"));
        Assert.Null(spec.Open("visit.unowned"));
        spec.Review(460);
        Assert.Equal(At(460), spec.Open("rounding")!.DueAt);
    }

    [Fact]
    public void A_units_spelling_is_the_policys()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ed/3/A"));
        Assert.Equal("ED", spec.Row.Unit);
    }

    [Fact]
    public void A_room_and_a_bed_are_the_same_whatever_the_case()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/R23/A"), Say.Transfer(10, "ED/r23/a"), Say.Update(20, "ED/r23"), Say.Update(30, "ED/r23/a"));
        Assert.Equal(("R23", "A"), (spec.Row.Location?.Room, spec.Row.Location?.Bed));
        Assert.Equal(At(0), Assert.Single(spec.View.Stays).Since);
        var policy =
            Patience with { Units = [new UnitPolicy("ED", "Emergency department", [new("R23", "A")]) { Department = Department.Emergency }] };
        Assert.Equal(("R23", "A"), (new Spec(policy).Given(Say.Arrive(0, "ED/r23/a")).Row.Location is { } place ? (place.Room, place.Bed) : default));
        Assert.Equal(new Location("ED", "r1", "b").GetHashCode(), new Location("ED", "R1", "B").GetHashCode());
    }

    [Fact]
    public void A_unit_is_qualified_by_its_facility_where_the_policy_has_several_of_its_code()
    {
        var policy =
            Patience with
            {
                Units =
                [
                    .. Patience.Units,
                    new UnitPolicy("NORTH:ED", "Emergency department, north", []) { Facility = "NORTH", SentAs = "ED", Department = Department.Emergency },
                ],
            };
        var spec = new Spec(policy).Given(
            Say.Arrive(0) with
            {
                Details = new VisitDetails { Class = PatientClass.Emergency, DefaultUnit = "ED", Location = new Location("ED", "R01", "1", "North") }
            });
        Assert.Equal("NORTH:ED", spec.Row.Unit);
        Assert.Equal("ED", new Spec(policy)
            .Given(Say.Arrive(0) with
            {
                Details = new VisitDetails
                {
                    Class = PatientClass.Emergency, DefaultUnit = "ED",
                    Location = new Location("ED", "R01", "1", "MAIN")
                }
            }).Row.Unit);
    }

    [Fact]
    public void Who_is_said_to_be_in_no_unit_is_in_the_one_that_stands_in()
    {
        // PV1-3 "": nobody is lost from every board.
        var none = new VisitDetails { Class = PatientClass.Emergency, Location = new Location(""), DefaultUnit = "ED" };
        var spec = new Spec().Given(new Arrive(default, Say.Feed, At(0), none, Say.Ada, null));
        Assert.Equal(("ED", null, null), (spec.Row.Unit, spec.Row.Location?.Room, spec.Row.Location?.Bed));
        spec.Given(Say.Transfer(10, "AMU/2/B"), new Cancel(default, Say.Feed, At(20), none, null, null, CancelledFact.Transfer, null));
        Assert.Equal("ED", spec.Row.Unit);
        var redone = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Transfer(10, "AMU/2/B"),
            new Cancel(default, Say.Feed, At(20), none with { Location = new Location("", "Q", "5") }, null, null, CancelledFact.Transfer, null));
        Assert.Equal(new Location("ED", "Q", "5"), redone.Row.Location);
        Assert.Equal(("AMU", null), new Spec().Given(Say.Arrive(0, "AMU/2/B"), Say.Update(10, none with { Class = null })).Row is var row
            ? (row.Unit, row.Location?.Bed)
            : default);
    }
}
