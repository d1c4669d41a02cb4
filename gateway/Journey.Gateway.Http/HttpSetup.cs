using Journey.Gateway.Http.Alerts;
using Journey.Gateway.Http.Audit;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Description;
using Journey.Gateway.Http.Failures;
using Journey.Gateway.Http.Families;
using Journey.Gateway.Http.Feeds;
using Journey.Gateway.Http.Glass;
using Journey.Gateway.Http.Hotline;
using Journey.Gateway.Http.Json;
using Journey.Gateway.Http.Patients;
using Journey.Gateway.Http.Sessions;
using Journey.Gateway.Http.Staff;
using Journey.Gateway.Http.Units;
using Journey.Gateway.Http.Visits;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Guards;

namespace Journey.Gateway.Http;

/// <summary>The public API over HTTP.</summary>
internal static class HttpSetup
{
    public static void AddHttpApi(this IServiceCollection services)
    {
        services.AddGatewayJson();
        services.AddGatewayProblems();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<AuditQueries>();
        services.AddOpenApi(ApiDescription.Name, ApiDescription.Configure);
    }

    public static void MapHttpApi(this WebApplication app)
    {
        var api = app.MapGroup("").AnswersRefusals();
        api.MapSignIn();
        api.MapSessions();
        api.MapWalls();
        api.MapUnits();
        api.MapViews();
        api.MapVisits();
        api.MapPatients();
        api.MapStaff();
        api.MapRules();
        api.MapHotline();
        api.MapGlass();
        api.MapFindings();
        api.MapFamilyPage();
        api.MapFeeds();
        api.MapAudit();
        app.MapOpenApi().Needs(Operation.ReadDescription);
        app.MapApiReferencePage();
    }
}
