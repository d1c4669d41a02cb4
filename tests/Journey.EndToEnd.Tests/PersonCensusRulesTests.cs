using System.Text;

namespace Journey.EndToEnd.Tests;

/// <summary>The oracle itself, on messages small enough to be worked out by hand. Invented people; all of them on one day, in UTC.</summary>
public sealed class PersonCensusRulesTests
{
    private const string Ann = "A1^^^MAIN^MR";
    private const string Ben = "B1^^^MAIN^MR";
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private int _sent;

    [Fact]
    public void An_admission_under_another_number_moves_the_person_and_leaves_no_second_row()
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", "E"), Adt("A14", "1000", Ann, "V1", "E", pending: "AMU^Bay A^3"),
            Adt("A01", "1100", Ann, "V2", "I", "AMU^Bay A^3"));
        Assert.Equal(["A1|MAIN ED -"], census.Counted(At(10, 30)));
        Assert.Equal(["A1|MAIN AMU 3"], census.Counted(At(11)));
    }

    [Fact]
    public void A_cancelled_admission_brings_the_emergency_visit_back()
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", "E", "ED^R1^1"), Adt("A01", "1100", Ann, "V2", "I", "AMU^A^3"),
            Adt("A11", "1130", Ann, "V2", "I", occurred: "1100"));
        Assert.Equal(["A1|MAIN ED 1"], census.Counted(At(12)));
    }

    [Fact]
    public void Under_the_same_number_a_cancelled_admission_is_not_the_end_of_the_visit()
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", "E", "ED^R1^1"), Adt("A01", "1100", Ann, "V1", "I", "ED^R1^1"),
            Adt("A11", "1130", Ann, "V1", "I", occurred: "1100"));
        Assert.Equal(["A1|MAIN ED 1"], census.Counted(At(12)));
    }

    [Fact]
    public void Who_leaves_the_ward_does_not_come_back_to_the_emergency_board()
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", "E"), Adt("A01", "1100", Ann, "V2", "I", "AMU^A^3"), Adt("A03", "1500", Ann, "V2", "I"));
        Assert.Empty(census.Counted(At(16)));
    }

    [Fact]
    public void A_late_end_of_the_emergency_visit_does_not_end_the_ward_stay()
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", "E"), Adt("A01", "1100", Ann, "V2", "I", "AMU^A^3"), Adt("A03", "1300", Ann, "V1", "E"));
        Assert.Equal(["A1|MAIN AMU 3"], census.Counted(At(14)));
    }

    [Fact]
    public void Whatever_the_order_they_are_heard_in_the_place_is_the_same()
    {
        byte[][] told =
        [
            Adt("A04", "0900", Ann, "V1", "E", "ED^R1^1"), Adt("A02", "1000", Ann, "V1", "E", "ED^R2^1"),
            Adt("A01", "1100", Ann, "V2", "I", "AMU^A^3"), Adt("A02", "1200", Ann, "V2", "I", "OTH^M^6"),
            Adt("A12", "1210", Ann, "V2", "I", "AMU^A^3", occurred: "1200"), Adt("A03", "1300", Ann, "V2", "I"),
            Adt("A13", "1310", Ann, "V2", "I", occurred: "1300"),
        ];
        for (var seed = 0; seed < 50; seed++)
        {
            var shuffled = told.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(["A1|MAIN AMU 3"], Heard(shuffled).Counted(At(14)));
        }
    }

    [Fact]
    public void A_place_that_an_update_only_repeats_does_not_outweigh_a_move()
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", "E", "ED^1^1"), Adt("A08", "0955", Ann, "V1", "E", "ED^1^1"),
            Adt("A02", "1000", Ann, "V1", "E", "ICU^1^2", occurred: "0940"));
        Assert.Equal(["A1|MAIN ICU 2"], census.Counted(At(11)));
    }

    [Fact]
    public void An_update_with_another_unit_is_a_move_and_one_without_a_bed_takes_none_away()
    {
        var moved = Heard(Adt("A04", "0900", Ann, "V1", "E", "ED^1^1"), Adt("A08", "1000", Ann, "V1", "E", "OBS^2^4"));
        Assert.Equal(["A1|MAIN OBS 4"], moved.Counted(At(11)));
        var vague = Heard(Adt("A04", "0900", Ann, "V1", "E", "ED^1^1"), Adt("A08", "1000", Ann, "V1", "E", "ED"));
        Assert.Equal(["A1|MAIN ED 1"], vague.Counted(At(11)));
    }

    [Fact]
    public void A_departure_entered_after_a_late_registration_ends_the_visit()
    {
        var census = Heard(Adt("A04", "1000", Ann, "V1", "E"), Adt("A03", "1005", Ann, "V1", "E", occurred: "0955"));
        Assert.Empty(census.Counted(At(11)));
        var again = Heard(Adt("A03", "0955", Ann, "V1", "E"), Adt("A04", "1000", Ann, "V1", "E"));
        Assert.Equal(["A1|MAIN ED -"], again.Counted(At(11)));
    }

    [Fact]
    public void Any_identifier_of_a_repetition_and_the_retired_one_of_a_merge_lead_to_the_person()
    {
        var census = Heard(
            Adt("A04", "0900", "E9^^^EPIC^MRN~7^^^MPI^MR", "", "E"), Adt("A02", "1000", "7^^^MPI^MR", "", "E", "ED^1^1"),
            Adt("A04", "1010", Ben, "V2", "E", "ED^2^1"), Adt("A40", "1020", "7^^^MPI^MR", "", "", merged: Ben),
            Adt("A02", "1030", Ben, "", "E", "ICU^3^1"));
        Assert.Single(census.At(At(11)));
        Assert.Equal(["7|MPI ICU 1"], census.Counted(At(11)));
    }

    [Fact]
    public void The_same_number_under_another_authority_is_another_person()
    {
        var census = Heard(Adt("A04", "0900", "5000^^^&1.2.3.4&ISO^MR", "V1", "E"), Adt("A04", "0901", "5000^^^&9.9.9.9&ISO^MR", "V2", "E"));
        Assert.Equal(2, census.Counted(At(10)).Length);
    }

    [Fact]
    public void A_visit_number_that_changes_hands_takes_the_row_along()
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", "E", "ED^1^1"), Adt("A08", "0930", Ben, "V1", "E"));
        Assert.Equal(["B1|MAIN ED 1"], census.Counted(At(10)));
        census.Apply(new Plain(Adt("A03", "1000", Ben, "V1", "E")));
        Assert.Empty(census.Counted(At(11)));
    }

    [Fact]
    public void A_swap_moves_both()
    {
        var census = Heard(Adt("A01", "0900", Ann, "V1", "I", "MED^1^A"), Adt("A01", "0901", Ben, "V2", "I", "MED^1^B"),
            [.. Adt("A17", "1000", Ann, "V1", "I", "MED^1^B"), .. Encoding.Latin1.GetBytes($"PID|2||{Ben}\rPV1|2|I|MED^1^A||||||||||||||||V2\r")]);
        Assert.Equal(["A1|MAIN MED B", "B1|MAIN MED A"], census.Counted(At(10)));
    }

    [Theory]
    [InlineData("E", "ED^1^1", 12)]
    [InlineData("I", "MED^1^A", 168)]
    [InlineData("OBS", "OBS^1^A", 48)]
    [InlineData("O", "CLINIC", 15)]
    [InlineData("O", "AMU^1^A", 168)]
    public void A_visit_silent_for_too_long_is_not_counted_until_it_is_heard_of(string @class, string place, int hours)
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", @class, place));
        Assert.Single(census.Counted(At(9 + hours)));
        Assert.Empty(census.Counted(At(9 + hours, 1)));
        Assert.Single(census.At(At(9 + hours, 1)));
    }

    [Fact]
    public void A_result_is_something_heard()
    {
        var census = Heard(Adt("A04", "0900", Ann, "V1", "E"),
            Encoding.Latin1.GetBytes($"MSH|^~\\&|LAB|MAIN|||20260302190000||ORU^R01|L1|P|2.5\rPID|1||{Ann}\rPV1|1|E|||||||||||||||||V1\r"));
        Assert.Single(census.Counted(At(24)));
        Assert.Empty(census.Counted(At(32)));
    }

    private static DateTimeOffset At(int hour, int minute = 0) => Midnight.AddHours(hour).AddMinutes(minute);

    private static PersonCensus Heard(params byte[][] messages)
    {
        var census = new PersonCensus("ED", TimeZoneInfo.Utc);
        foreach (var message in messages) census.Apply(new Plain(message));
        return census;
    }

    private byte[] Adt(string trigger, string at, string person, string number, string @class, string place = "", string? occurred = null,
        string pending = "", string merged = "") => Encoding.Latin1.GetBytes(
            $"MSH|^~\\&|HIS|MAIN|||20260302{at}00||ADT^{trigger}|M{++_sent}|P|2.5\rEVN|{trigger}|20260302{at}00||||{(occurred is null ? "" : $"20260302{occurred}00")}\rPID|1||{person}\r"
            + (merged.Length > 0 ? $"MRG|{merged}\r" : "") + $"PV1|1|{@class}|{place}||||||||||||||||{number}{new string('|', 23)}{pending}\r");
}
