using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;

namespace Journey.Grains.Tests;

/// <summary>
/// A message takes several commits. Wherever the first attempt ended, the same message sent again does what is left, and an old one undoes nothing.
/// </summary>
[Collection(nameof(ClusterTests))]
public sealed class ResendTests(Cluster cluster)
{
    [Fact]
    public async Task A_message_that_also_corrects_a_name_is_not_lost_when_only_the_name_was_stored()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var transfer = Named(feed.Transfer(feed.Unit + "W", "9"), "Corrected");
        await Interrupted(transfer, "visit/" + await feed.Visit());
        var again = await cluster.Intake.Receive(transfer);
        Assert.Equal(IntakeResult.Applied, again.Result);
        var row = (await cluster.Visit(await feed.Visit()).Read())!.Row;
        Assert.Equal((feed.Unit + "W", "9", "Corrected"), (row.Unit, row.Location!.Bed, row.Patient.FamilyName));
        Assert.Equal(IntakeResult.Repeated, (await cluster.Intake.Receive(transfer)).Result);
    }

    [Fact]
    public async Task A_corrected_name_reaches_the_visit_when_only_the_person_was_stored()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var person = PersonOnly(feed, "Corrected");
        await Interrupted(person, "visit/" + await feed.Visit());
        await cluster.Intake.Receive(person);
        Assert.Equal("Corrected", (await cluster.Visit(await feed.Visit()).Read())!.Row.Patient.FamilyName);
    }

    [Fact]
    public async Task A_merge_is_completed_when_it_ended_before_the_survivor_had_the_visits()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var visit = await feed.Visit();
        var (merge, survivor) = Merged(feed, null);
        await Interrupted(merge, "patient/" + survivor.Value.ToString("N"));
        await cluster.Intake.Receive(merge);
        Assert.Equal(visit, Assert.Single((await cluster.Patient(survivor).Read())!.Visits).Visit);
        Assert.Equal("Survivor", (await cluster.Visit(visit).Read())!.Row.Patient.FamilyName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_merge_or_a_move_is_completed_when_it_ended_before_the_visit_showed_it(bool oneVisit)
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var visit = await feed.Visit();
        var (merge, survivor) = Merged(feed, oneVisit ? feed.Number : null);
        await Interrupted(merge, "visit/" + visit);
        await cluster.Intake.Receive(merge);
        Assert.Equal((survivor, "Survivor"),
            ((await cluster.Visit(visit).Read())!.Row.Patient.Id, (await cluster.Visit(visit).Read())!.Row.Patient.FamilyName));
        var entries = (await cluster.Visit(visit).Timeline()).Length;
        Assert.NotEqual(IntakeResult.Applied, (await cluster.Intake.Receive(merge)).Result);
        Assert.Equal(entries, (await cluster.Visit(visit).Timeline()).Length);
    }

    [Fact]
    public async Task An_old_message_sent_again_does_not_bring_an_old_name_back()
    {
        var feed = new Feed(cluster);
        await cluster.Intake.Receive(feed.Arrive(bed: "1"));
        var transfer = feed.Transfer(feed.Unit, "2");
        await cluster.Intake.Receive(transfer);
        await cluster.Intake.Receive(PersonOnly(feed, "Corrected"));
        Assert.Equal(IntakeResult.Repeated, (await cluster.Intake.Receive(transfer)).Result);
        Assert.Equal("Corrected", (await cluster.Patient(feed.Patient).Read())!.Patient.FamilyName);
    }

    [Fact]
    public async Task A_repeat_about_a_person_alone_is_logged_as_one()
    {
        var feed = new Feed(cluster);
        var person = PersonOnly(feed, "Somebody");
        Assert.Equal(IntakeResult.Applied, (await cluster.Intake.Receive(person)).Result);
        Assert.Equal(IntakeResult.Repeated, (await cluster.Intake.Receive(person)).Result);
        Assert.Equal(IntakeResult.Unchanged, (await cluster.Intake.Receive(PersonOnly(feed, "Somebody"))).Result);
    }

    private async Task Interrupted(FeedMessage message, string stream)
    {
        cluster.Faults.Next(stream, Fault.BeforeWriting);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => cluster.Intake.Receive(message));
    }

    private static FeedMessage Named(FeedMessage message, string family) =>
        message with { Steps = [.. message.Steps.Cast<About>().Select(step => step with { Patient = step.Patient with { FamilyName = family } })] };

    private static FeedMessage PersonOnly(Feed feed, string family)
    {
        var message = Named(feed.Arrive(), family);
        return message with { Steps = [((About)message.Steps[0]) with { Intent = VisitIntent.None, Command = null }] };
    }

    private static (FeedMessage Message, PatientId Survivor) Merged(Feed feed, string? number)
    {
        var survivor = new PatientId(Guid.NewGuid());
        return (feed.Arrive() with
        {
            Steps = [new Merge(new PatientFacts { Id = survivor, FamilyName = "Survivor" }, feed.Patient, number, Feed.Actor, feed.Now)]
        }, survivor);
    }
}
