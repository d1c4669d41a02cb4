using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Json;
using Journey.Gateway.Trust.Access;
using Call = System.Func<Journey.Contracts.Visits.IVisitGrain, System.Threading.Tasks.Task<Journey.Contracts.Outcome>>;

namespace Journey.Gateway.Http.Alerts;

/// <summary>What staff say of a visit's alerts.</summary>
internal static class AlertCommands
{
    private const int Reason = Api.Limits.Line;

    public static void Map(RouteGroupBuilder visits)
    {
        var json = GatewayJson.Default;
        visits.MapCommand(Operation.TendAlerts, "{id}/alerts/{alert}/acknowledge", json.AcknowledgeRequest, Acknowledge, new());
        visits.MapCommand(Operation.TendAlerts, "{id}/alerts/{alert}/snooze", json.SnoozeRequest, Snooze);
        visits.MapCommand(Operation.TendAlerts, "{id}/alerts/{alert}/resolve", json.ResolveRequest, Resolve, new());
        visits.MapCommand(Operation.TendAlerts, "{id}/alerts/{alert}/see", json.Nothing, See, new());
    }

    private static Call See(Api.Nothing request, Sender sender) => visit => visit.SeeAlert(new(sender.Id, sender.By, sender.Fields.Now, sender.Item));

    private static Call Acknowledge(Api.AcknowledgeRequest request, Sender sender)
    {
        var expectedBy = sender.Fields.Expected("expectedBy", request.ExpectedBy);
        return visit => visit.AcknowledgeAlert(new(sender.Id, sender.By, sender.Fields.Now, sender.Item, expectedBy, request.TakeOver));
    }

    private static Call Snooze(Api.SnoozeRequest request, Sender sender)
    {
        var fields = sender.Fields;
        if (request.Until == default) fields.Wrong("until", "Required.");
        else fields.Expected("until", request.Until);
        var reason = fields.Required("reason", request.Reason, Reason);
        return visit => visit.SnoozeAlert(new(sender.Id, sender.By, fields.Now, sender.Item, request.Until, reason));
    }

    private static Call Resolve(Api.ResolveRequest request, Sender sender)
    {
        var action = sender.Fields.Text("action", request.Action, Reason);
        return visit => visit.ResolveAlert(new(sender.Id, sender.By, sender.Fields.Now, sender.Item, action));
    }
}
