using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using static Journey.Domain.Tests.Spec;

namespace Journey.Domain.Tests.Visits;

/// <summary>Which of two times counts: when it occurred, and when its sender recorded it.</summary>
public sealed class ChronologyTests
{
    private static T Recorded<T>(T command, double at) where T : FeedCommand => command with { SaidAt = At(at) };

    private static VisitDetails Ed(string place, double? began = null, double? ended = null) => new()
    {
        Class = PatientClass.Emergency, DefaultUnit = "ED", Location = Say.Place(place), AdmittedAt = began is { } b
            ? At(b)
            : null, DischargedAt = ended is { } e ? At(e) : null,
    };

    [Fact]
    public void A_transfer_recorded_later_outweighs_an_update_that_repeats_the_old_place()
    {
        // T1: A04 T-30, A08 T-5 with the same bed, A02 recorded now of ten minutes ago.
        var spec = new Spec().Given(Say.Arrive(0, "ED/1/1"), Recorded(Say.Update(25, "ED/1/1"), 25))
            .When(Recorded(Say.Transfer(20, "ICU/1/1"), 30), 30);
        Assert.Equal("ICU", spec.Row.Unit);
        spec.When(Recorded(Say.Update(35, "ICU/1/1"), 35));
        Assert.Equal("ICU", spec.Row.Unit);
    }

    [Fact]
    public void A_stale_system_that_repeats_where_the_patient_was_moves_nobody()
    {
        var lab = new Contracts.Actor("feed/lab");
        var spec = new Spec().Given(Say.Arrive(0, "ED/1/1"), Say.Update(5, "ED/1/1") with { By = lab }, Say.Transfer(20, "ICU/1/1"),
            Say.Update(30, "ED/1/1") with { By = lab });
        Assert.Equal("ICU", spec.Row.Unit);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Who_left_before_the_registration_was_entered_has_left(bool inOrder)
    {
        // T2: A04 recorded at 20, A03 recorded at 25 of a departure at 15.
        FeedCommand[] heard = [Recorded(Say.Arrive(20), 20), Recorded(Say.Discharge(15), 25)];
        var spec = new Spec();
        foreach (var command in inOrder ? heard : heard.Reverse()) spec.When(command, 30);
        Assert.Equal((VisitStatus.Departed, At(20)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    [Fact]
    public void Only_an_arrival_recorded_after_the_departure_begins_the_visit_again()
    {
        var spec = new Spec().Given(Recorded(Say.Arrive(0), 0), Recorded(Say.Discharge(15), 15)).When(Recorded(Say.Arrive(20), 10), 30);
        Assert.Equal(VisitStatus.Departed, spec.Row.Status);
        spec.When(Recorded(Say.Arrive(40), 41), 41);
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
    }

    [Fact]
    public void Two_servers_whose_clocks_are_seconds_apart_end_a_visit_in_the_order_they_were_heard()
    {
        var spec = new Spec().When(Recorded(Say.Arrive(10.1), 10.1), 10.1).When(Recorded(Say.Discharge(10), 10), 10.2);
        Assert.Equal(VisitStatus.Departed, spec.Row.Status);
    }

    [Fact]
    public void An_admission_keeps_the_door_and_its_cancel_takes_back_the_admission_alone()
    {
        // All with PV1-44 of the door.
        var spec = new Spec().Given(Recorded(Say.Arrive(0) with { Details = Ed("ED/3/A", 0) }, 1));
        var before = Text(spec.Course);
        spec.When(Recorded(Say.Admit(210) with { Details = Ed("ED/3/A", 0) with { Class = PatientClass.Inpatient } }, 210));
        Assert.Equal((At(0), At(210)), (spec.Row.ArrivedAt, spec.Course.BoardingSince));
        spec.When(Recorded(Say.Cancel(235, CancelledFact.Arrival) with { Details = Ed("ED/3/A", 0) }, 235));
        Assert.Equal((VisitStatus.Present, At(0), (DateTimeOffset?)null, "A"),
            (spec.Row.Status, spec.Row.ArrivedAt, spec.Course.BoardingSince, spec.Row.Location?.Bed));
        Assert.Equal(before, Text(spec.Course));
    }

    [Fact]
    public void A_visit_begins_when_it_began_and_not_when_that_was_entered()
    {
        var spec = new Spec().When(Recorded(Say.Arrive(30) with { Details = Ed("ED/3/A", 0) }, 30));
        Assert.Equal(At(0), spec.Row.ArrivedAt);
    }

    [Fact]
    public void A_corrected_begin_moves_the_door_and_a_named_end_ends()
    {
        var spec = new Spec().Given(Say.Arrive(0) with { Details = Ed("ED/3/A", 0) }, Say.Update(20, Ed("ED/3/A", -15)));
        Assert.Equal(At(-15), spec.Row.ArrivedAt);
        spec.Given(Say.Update(60, Ed("ED/3/A", -15, 55)));
        Assert.Equal((VisitStatus.Departed, At(55)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    [Fact]
    public void A_begin_that_an_update_is_the_first_to_give_moves_the_door_back_and_never_on()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Update(5, Ed("ED/3/A", 3)));
        Assert.Equal(At(0), spec.Row.ArrivedAt);
        spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Update(5, Ed("ED/3/A", -20)));
        Assert.Equal(At(-20), spec.Row.ArrivedAt);
    }

    [Fact]
    public void What_a_cancel_repeats_of_what_it_takes_back_is_no_news()
    {
        var ward = Ed("ED/3/A", 0) with { Class = PatientClass.Inpatient, Attending = new("D2", "Dr Ward"), Service = "MED" };
        var spec = new Spec().Given(Say.Arrive(0) with { Details = Ed("ED/3/A", 0) with { Attending = new("D1", "Dr Door") } });
        var before = Text(spec.Course);
        spec.Given(Say.Admit(60) with { Details = ward }, Say.Cancel(70, CancelledFact.Arrival) with { Details = ward });
        Assert.Equal((PatientClass.Emergency, "D1", (string?)null, (DateTimeOffset?)null),
            (spec.Row.Class, spec.Row.Provider?.Id, spec.Row.Service, spec.Course.BoardingSince));
        Assert.Equal(before, Text(spec.Course));
        spec.Given(Say.Plan(80, PlanKind.Admit, "4W") with { Details = ward }, Say.Cancel(90, CancelledFact.PlannedAdmit) with { Details = ward });
        Assert.Equal((PatientClass.Emergency, (DateTimeOffset?)null), (spec.Row.Class, spec.Course.BoardingSince));
        // Where nothing else was heard, it says all that is known.
        Assert.Equal(PatientClass.Inpatient,
            new Spec().Given(Say.Admit(60) with { Details = ward }, Say.Cancel(70, CancelledFact.Arrival) with { Details = ward }).Row.Class);
    }

    [Fact]
    public void How_a_discharge_that_was_taken_back_had_been_is_no_news()
    {
        var left = new VisitDetails { Disposition = "01", DischargedAt = At(55) };
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Discharge(55) with { Details = left }, Recorded(Say.Update(58, left), 58),
            Recorded(Say.Cancel(60, CancelledFact.Discharge) with { Details = left }, 60));
        Assert.Equal((VisitStatus.Present, DepartureKind.Unknown), (spec.Row.Status, spec.Row.DepartedAs));
        spec.Given(Say.Update(70, left with { Service = "MED" }));
        Assert.Equal((VisitStatus.Present, "MED"), (spec.Row.Status, spec.Row.Service));
        spec.Given(Say.Update(80, left with { DischargedAt = At(78) }));
        Assert.Equal((VisitStatus.Departed, At(78)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    [Fact]
    public void An_end_that_came_in_an_update_is_taken_back_as_any_other()
    {
        var spec = new Spec().Given(Say.Arrive(0, "ED/3/A"), Say.Update(60, Ed("ED/3/A", 0, 55)));
        Assert.Equal(VisitStatus.Departed, spec.Row.Status);
        spec.Given(Say.Cancel(70, CancelledFact.Discharge));
        Assert.Equal(VisitStatus.Present, spec.Row.Status);
        spec.Given(Say.Update(80, Ed("ED/3/B", 0, 55)));
        Assert.Equal((VisitStatus.Present, "B"), (spec.Row.Status, spec.Row.Location?.Bed));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_discharge_said_again_after_it_was_taken_back_ends_the_visit(bool inOrder)
    {
        FeedCommand[] heard = [Recorded(Say.Discharge(55), 55), Recorded(Say.Cancel(60, CancelledFact.Discharge, 55), 60),
            Recorded(Say.Discharge(55), 65)];
        var spec = new Spec().Given(Say.Arrive(0));
        foreach (var command in inOrder ? heard : heard.Reverse()) spec.When(command, 70);
        Assert.Equal((VisitStatus.Departed, At(55)), (spec.Row.Status, spec.Row.DepartedAt));
    }

    [Fact]
    public void The_time_of_an_admission_is_no_correction_of_the_door()
    {
        var spec = new Spec().Given(Say.Arrive(0) with { Details = Ed("ED/3/A", 0) },
            Say.Admit(100) with { Details = Ed("ED/3/A", 100) with { Class = PatientClass.Inpatient } },
            Say.Update(120, Ed("ED/3/A", 100) with { Class = PatientClass.Inpatient }));
        Assert.Equal(At(0), spec.Row.ArrivedAt);
    }

    [Fact]
    public void Who_is_told_of_now_is_not_silent_whenever_the_visit_began()
    {
        var spec = new Spec().Given(Say.Arrive(800) with { Details = Say.Arrive(800).Details with { AdmittedAt = Spec.At(10) } });
        Assert.Equal(Spec.At(10), spec.Course.ArrivedAt);
        Assert.Equal(Spec.At(800), spec.Course.LastSignAt);
    }
}
