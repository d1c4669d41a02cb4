using System.Collections.Concurrent;
using System.Reflection;

namespace Journey.Contracts.Access;

/// <summary>Whom a method of a grain answers.</summary>
[GenerateSerializer, Alias("access.askers.v1")]
public enum Askers
{
    /// <summary>The silos' own grains and services, and no client.</summary>
    House,

    /// <summary>The house alone, for somebody: a visit admits whoever that is, or does not.</summary>
    HouseForSomebody,

    /// <summary>
    /// Gateways too, for whoever they let in or for themselves. Where callers are sealed, each call of a client must hold the seal.
    /// </summary>
    Gateways,
}

/// <summary>
/// Says whom a grain answers: on its interface for all methods, on a method for that one. A silo asks it before each call that comes from a client;
/// what says nothing answers the house alone.
/// </summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method)]
public sealed class AnswersAttribute(Askers askers) : Attribute
{
    private static readonly ConcurrentDictionary<MethodInfo, Askers?> Known = new();

    public Askers Askers => askers;

    /// <summary>Whom a method answers; null where its interface is none of this house's.</summary>
    public static Askers? AskersOf(MethodInfo method) => Known.GetOrAdd(method, static method =>
        method.DeclaringType?.Assembly != typeof(AnswersAttribute).Assembly ? null
            : (method.GetCustomAttribute<AnswersAttribute>() ?? method.DeclaringType.GetCustomAttribute<AnswersAttribute>())?.Askers ?? Askers.House);
}
