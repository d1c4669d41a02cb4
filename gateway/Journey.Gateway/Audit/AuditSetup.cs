namespace Journey.Gateway.Audit;

internal static class AuditSetup
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<IAuditTrail, AuditTrail>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<HubAudit>();
        services.AddSingleton<AuditHubFilter>();
    }
}
