using System.Reflection;
using System.Runtime.Loader;

/// <summary>
/// Run by .NET before the program (<c>DOTNET_STARTUP_HOOKS</c>): lets ASP.NET Core find this assembly by its name, although the program does not
/// refer to it.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        var own = Assembly.GetExecutingAssembly();
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == own.GetName().Name ? own : null;
    }
}
