using Journey.Silo;

return await Commands.Run(args, () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddJourneySilo();
    builder.AddSiloTelemetry();
    builder.Logging.TellFailuresOnce();
    var app = builder.Build();
    app.MapJourneySilo();
    return app;
});
