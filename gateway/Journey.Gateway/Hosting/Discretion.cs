namespace Journey.Gateway.Hosting;

/// <summary>Keeps what the gateway says of patients out of logs and caches.</summary>
internal static class Discretion
{
    /// <summary>The framework logs every request with its query, and a search has a name in it.</summary>
    public static void AddDiscretion(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);

    public static void UseDiscretion(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.Path.StartsWithSegments("/api")) headers.CacheControl = "no-store";
        return next(context);
    });
}
