using Journey.Gateway.Feeds.Profiles;

namespace Journey.Gateway.Tests.Mapping;

/// <summary>What a site configures wrongly stops the start, by its key.</summary>
public class ConfiguredMappingTests
{
    [Fact]
    public void What_is_wrong_is_named_by_its_key()
    {
        var options = new FeedDefaults
        {
            Authorities = { ["MAIN"] = "" }, Place = { Unit = "PV1.3" }, Classes = { ["X"] = "Nonsense", ["Y"] = "99" }, Acuities = { ["P1"] = "9" },
            Acuity = { Field = "2" }, PlausibleDays = 0, PlausibleStayDays = 40000,
        };
        var wrong = string.Join('\n', new FeedDefaultsValidator().Validate(null, options).Failures!);
        string[] keys = ["Authorities:MAIN", "Place:Unit", "Classes:X", "Classes:Y", "Acuities:P1", "Acuity:Field", "PlausibleDays",
            "PlausibleStayDays"];
        Assert.All(keys, key => Assert.Contains("Journey:Feed:" + key, wrong));
    }

    [Fact]
    public void A_listed_feed_is_named_by_its_place_in_the_list()
    {
        var list = new FeedList { Feeds = { new FeedOptions { Name = "ADT" }, new FeedOptions { Name = "LAB", Place = { Bed = "bed" } } } };
        Assert.Contains("Journey:Feeds:1:Place:Bed", string.Join('\n', new FeedListValidator().Validate(null, list).Failures!));
    }

    [Fact]
    public void What_a_feed_does_not_say_is_the_defaults()
    {
        var defaults = new FeedDefaults { Authorities = { ["A"] = "ONE" }, Place = { Unit = "PV1-3.2" }, PlausibleDays = 10 };
        var profile = FeedProfile.From(new FeedOptions { Name = "X", Authorities = { ["B"] = "TWO" }, Place = { Bed = "ZPL-1" } }, defaults);
        Assert.Equal(["ONE", "TWO"], profile.Authorities.Values.Select(authority => authority.Namespace).Order());
        Assert.Equal((2, "ZPL", TimeSpan.FromDays(10)), (profile.Place.Unit.Component, profile.Place.Bed.Segment, profile.PlausibleEvent));
    }
}
