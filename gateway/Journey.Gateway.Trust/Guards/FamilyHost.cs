using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Guards;

/// <summary>
/// A host of their own for families and waiting rooms, <c>Journey:Gateway:FamilyAddress</c>: nothing else answers there, and these pages nowhere
/// else. Where there is none they are served beside everything.
/// </summary>
internal static class FamilyHost
{
    /// <summary>Their pages, with what is below them, and the files that these pages have in common with others.</summary>
    private static readonly PathString[] Pages = ["/family", "/waiting-room"];
    private static readonly string[] Files = ["/icon.svg", "/css/public.css", "/js/live.js"];

    public static void UseFamilyHost(this IApplicationBuilder app)
    {
        // Made with the first request: a wrong setting is told when the host starts, by its key.
        var home = new Lazy<Uri?>(() => app.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value.FamilyAddress is { } address
            ? new Uri(address)
            : null);
        app.Use((context, next) => home.Value is { } theirs ? Part(theirs, context, next) : next(context));
    }

    private static Task Part(Uri home, HttpContext context, RequestDelegate next) => (IsThere(home, context.Request.Host), IsTheirs(context)) switch
    {
        (true, Whose.Families) or (true, Whose.Everybodys) or (false, Whose.Staffs) or (false, Whose.Everybodys) => next(context),
        // A browser takes what stands behind # along: links that were given before go on working.
        (false, _) when HttpMethods.IsGet(context.Request.Method) && IsPage(context.Request.Path) => Move(context, home),
        _ => Problem.Create(StatusCodes.Status404NotFound, Problem.CodeOf(StatusCodes.Status404NotFound), "Nothing is at this address.")
            .ExecuteAsync(context),
    };

    /// <summary>The address of a page of theirs, with this host's name where they have one of their own.</summary>
    public static string AddressOf(GatewayOptions options, string page) =>
        options.FamilyAddress is { } address ? new Uri(new Uri(address), page).ToString() : page;

    private enum Whose { Staffs, Families, Everybodys }

    private static Whose IsTheirs(HttpContext context) => context.Operation() switch
    {
        Operation.ReadHealth => Whose.Everybodys,
        Operation.OpenFamilyPage or Operation.ReadWaitingRoom => Whose.Families,
        _ when IsPage(context.Request.Path) => Whose.Families,
        _ when HttpMethods.IsGet(context.Request.Method) && Files.Contains(context.Request.Path.Value) => Whose.Everybodys,
        _ => Whose.Staffs,
    };

    /// <summary>A file of theirs. Any other address is the dashboard's, which answers with its own page.</summary>
    private static bool IsPage(PathString path) =>
        Path.HasExtension(path.Value) && Array.Exists(Pages, page => path.StartsWithSegments(page, StringComparison.Ordinal));

    private static bool IsThere(Uri home, HostString host) =>
        string.Equals(host.Host.TrimEnd('.'), home.IdnHost, StringComparison.OrdinalIgnoreCase) && (home.IsDefaultPort || host.Port == home.Port);

    private static Task Move(HttpContext context, Uri home)
    {
        context.Response.Redirect(new Uri(home, context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()).ToString(),
            permanent: true, preserveMethod: true);
        return Task.CompletedTask;
    }
}
