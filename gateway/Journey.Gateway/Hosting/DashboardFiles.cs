using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Guards;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace Journey.Gateway.Hosting;

/// <summary>
/// Serves the dashboard when its files came with the host: from a build (a manifest beside the host) or published (<c>wwwroot</c>).
/// </summary>
internal static class DashboardFiles
{
    private const string Start = "index.html";

    /// <summary>Outside Development the manifest of a build is not looked at by itself; a published host has none and needs none.</summary>
    public static void Use(WebApplicationBuilder builder)
    {
        if (File.Exists(Manifest(builder.Environment, "staticwebassets.runtime.json")))
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
    }

    public static void Map(WebApplication app)
    {
        if (!app.Environment.WebRootFileProvider.GetFileInfo(Start).Exists) return;
        var pages = app.MapGroup("").Needs(Operation.OpenPages);
        if (File.Exists(Manifest(app.Environment, "staticwebassets.endpoints.json"))) pages.MapStaticAssets();
        else app.UseStaticFiles();
        pages.MapMethods("{*path:nonfile}", [HttpMethods.Get, HttpMethods.Head], Page).WithOrder(int.MaxValue).ExcludeFromDescription();
    }

    /// <summary>A page's address is the dashboard's business; an unknown address below a service's is nobody's.</summary>
    private static Task Page(HttpContext context)
    {
        var path = context.Request.Path;
        if (Array.Exists(ServicePaths.Services, service => path.StartsWithSegments(service)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        var file = context.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetFileInfo(Start);
        return context.Response.SendFileAsync(file);
    }

    private static string Manifest(IHostEnvironment environment, string kind) =>
        Path.Combine(AppContext.BaseDirectory, $"{environment.ApplicationName}.{kind}");
}
