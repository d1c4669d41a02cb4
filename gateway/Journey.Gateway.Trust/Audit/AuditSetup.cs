namespace Journey.Gateway.Trust.Audit;

internal static class AuditSetup
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<RefusalSample>();
        services.AddSingleton<AuditPace>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(s => s.GetRequiredService<AuditTrail>());
        services.AddHostedService<RefusalSums>();
        services.AddSingleton<LookTeller>();
        services.AddHostedService(s => s.GetRequiredService<LookTeller>());
    }
}
