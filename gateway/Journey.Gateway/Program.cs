using Journey.Gateway;
using Journey.Gateway.Hosting;
using Journey.Gateway.Membership;
using Journey.Gateway.Telemetry;

return await GatewayStart.Run(args, () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddJourneyTelemetry();
    builder.AddJourneyClusterClient();
    builder.AddJourneyGateway();
    builder.AddDrain();
    builder.Logging.TellFailuresOnce();

    var app = builder.Build();
    app.MapJourneyGateway();
    return app;
});
