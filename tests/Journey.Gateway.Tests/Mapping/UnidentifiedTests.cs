using static Journey.Gateway.Tests.Mapping.Hospital;

namespace Journey.Gateway.Tests.Mapping;

/// <summary>Messages without MSH-10.</summary>
public class UnidentifiedTests
{
    [Fact]
    public void Sent_again_byte_for_byte_it_is_the_same_message() =>
        Assert.Equal(Message("20260302095900").Message!.Id, Message("20260302095900").Message!.Id);

    [Fact]
    public void Saying_the_same_at_another_time_it_is_another_message() =>
        Assert.NotEqual(Message("20260302095900").Message!.Id, Message("20260302095901").Message!.Id);

    [Fact]
    public void It_does_the_same_as_one_with_an_id_and_is_logged_without_one()
    {
        var mapped = Message("20260302095900");
        Assert.Equal(Contracts.Patients.VisitIntent.Opens, mapped.About().Intent);
        Assert.Equal("", mapped.Log.ControlId);
    }

    private static Gateway.Feeds.Mapping.Mapped Message(string at) => Read(Feed, $"MSH|^~\\&|SYS|NORTH|JOURNEY|NORTH|{at}||ADT^A01||P|2.5", Pid, Pv1);
}
