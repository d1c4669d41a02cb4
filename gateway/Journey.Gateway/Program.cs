using Journey.Gateway;
using Journey.Gateway.Hosting;
using Journey.Gateway.Telemetry;

var builder = WebApplication.CreateBuilder(args);
builder.AddJourneyTelemetry();
builder.AddJourneyClusterClient();
builder.AddJourneyGateway();

var app = builder.Build();
app.MapJourneyGateway();
await app.RunAsync();
