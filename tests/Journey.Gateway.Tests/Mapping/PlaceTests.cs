using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Monitoring;
using Journey.Gateway.Feeds.Profiles;
using static Journey.Gateway.Tests.Mapping.Hospital;

namespace Journey.Gateway.Tests.Mapping;

/// <summary>Where a message says that the patient is.</summary>
public class PlaceTests
{
    [Fact]
    public void What_is_empty_says_nothing_and_two_quotes_say_none()
    {
        Assert.Equal(new Location("ED"), Where("ED"));
        Assert.Equal(new Location("ED", "", ""), Where("ED^\"\"^\"\""));
        Assert.Equal(new Location("ED", "R1", ""), Where("ED^R1^\"\""));
        Assert.Equal(new Location("", "", ""), Where("\"\""));
        Assert.Equal(new Location("", null, ""), Where("^^\"\""));
        Assert.Null(Where(""));
    }

    [Fact]
    public void A_site_says_in_which_fields_the_place_stands()
    {
        var itk = FeedProfile.From(new FeedDefaults { Place = { Unit = "PV1-3.2", Room = "PV1-3.4", Facility = "PV1-3.1" } });
        var details = Map(itk, "ADT^A02", "PID|1||1^^^N^MR", "PV1|1|I|RCB^WARD4^7^BAY2|||RCB^WARD1^1" + new string('|', 36) + "RCB^ICU^3")
            .Command<Transfer>().Details;
        Assert.Equal(new Location("WARD4", "BAY2", "7", "RCB"), details.Location);
        Assert.Equal(new Location("ICU", null, "3", "RCB"), details.PendingLocation);

        var france = FeedProfile.From(new FeedDefaults { Place = { Unit = "ZBE-7.1", Bed = "ZPL-2" } });
        Assert.Equal(new Location("UF12", "12", "B9", "NORTH"),
            Map(france, "ADT^A02", Pid, Pv1, "ZBE|1||||||UF12^Urgences", "ZPL||B9").Command<Transfer>().Details.Location);
    }

    [Theory]
    [InlineData("A09"), InlineData("A10")]
    public void The_place_of_a_tracking_message_may_stand_where_the_assigned_one_does(string trigger)
    {
        var assigned = Map("ADT^" + trigger, Pid, "PV1|1|I|XRAY|||WARD4^12^B").About().Command!.Details;
        Assert.Equal((new Location("XRAY"), null), (assigned.TemporaryLocation, assigned.Location));
        var temporary = Map("ADT^" + trigger, Pid, "PV1|1|I|WARD4^12^B|||ED^1^1|||||XRAY").About().Command!.Details;
        Assert.Equal((new Location("XRAY"), new Location("WARD4", "12", "B")), (temporary.TemporaryLocation, temporary.Location));
        Assert.Null(Map("ADT^" + trigger, Pid, "PV1|1|I|WARD4^12^B|||WARD4^12^B").About().Command!.Details.TemporaryLocation);
        Assert.Null(Map("ADT^A02", Pid, "PV1|1|I|XRAY|||WARD4^12^B").About().Command!.Details.TemporaryLocation);
    }

    [Fact]
    public void A_unit_code_that_two_facilities_send_is_warned_of()
    {
        var units = new UnitFacilities();
        foreach (var place in (string[])["ED^1^1^NORTH", "ED^2^1^north", "ICU^1^1^NORTH"]) units.Note(Map("ADT^A02", Pid, "PV1|1|E|" + place));
        Assert.Empty(units.Warnings);
        units.Note(Map("ADT^A02", Pid, "PV1|1|E|ED^1^1^SOUTH"));
        Assert.Contains("ED", Assert.Single(units.Warnings));
    }

    private static Location? Where(string pl) => Map("ADT^A08", Pid, "PV1|1|E|" + pl).Command<Update>().Details.Location;
}
