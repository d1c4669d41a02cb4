using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Hotline;
using Journey.Contracts.Staff;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Live.Views;

/// <summary>Lists, shifts and calls as the public contract has them.</summary>
internal static class StaffViews
{
    public static Api.OwedList List(string addressee, OwedList list) => new(addressee, list.Version, list.AsOf, CareViews.Each(list.Items, Item));

    public static Api.Shift Shift(Shift shift) => new(shift.Who.Name, shift.Role, shift.Unit, shift.From, shift.Until);

    public static Api.Hotline Hotline(HotlineQueue queue) =>
        new(CareViews.Each(queue.Calls, Call), queue.Answered, queue.InTime, queue.Abandoned, queue.AbandonLimit, queue.AsOf, queue.Version);

    private static Api.Call Call(Call call) => new(
        call.Id, WireName<CallState>.Dashed(call.State), call.Caller, call.Number, call.About, call.RangAt, call.AnswerBy, call.AnsweredAt,
        Name(call.AnsweredBy), call.EndedAt, call.CallbackBy,
        call.Owner?.Name, call.Visit?.Value, call.Question);

    private static Api.ListItem Item(ListItem item) => new(
        item.Visit == default ? null : item.Visit.Value, item.Unit, item.Location?.Room, item.Location?.Bed, item.Visit == default
            ? null
            : PatientNames.For(item.Patient, Audience.Desk),
        CareViews.Owed(item.Owed), item.Says, item.Severity is { } severity ? WireName<Severity>.Joined(severity) : null);

    private static string? Name(Actor? actor) => actor?.Name ?? actor?.Id;
}
