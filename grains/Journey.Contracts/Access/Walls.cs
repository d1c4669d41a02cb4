using Orleans.Concurrency;

namespace Journey.Contracts.Access;

/// <summary>What a screen shows that wants to become a wall; somebody types it elsewhere.</summary>
[GenerateSerializer, Immutable, Alias("wall.code.v1")]
public sealed record WallCode([property: Id(0)] string Code, [property: Id(1)] DateTimeOffset Until);

/// <summary>Somebody read the code off the screen and says which wall it is.</summary>
/// <param name="Code">As typed; case, spaces and dashes do not count.</param>
/// <param name="Until">The wall's session ends then.</param>
[GenerateSerializer, Immutable, Alias("wall.admit.v1")]
public sealed record AdmitWall(
    [property: Id(0)] CommandId Id, [property: Id(1)] Actor By, [property: Id(2)] string Code, [property: Id(3)] string Name,
    [property: Id(4)] string Unit, [property: Id(5)] DateTimeOffset Until);

[GenerateSerializer, Alias("wall.state.v1")]
public enum WallState
{
    /// <summary>The code is not known, or its time is over: ask for another.</summary>
    Unknown,
    Waiting,
    Admitted,
}

/// <param name="Session">Once admitted.</param>
[GenerateSerializer, Immutable, Alias("wall.answer.v1")]
public sealed record WallAnswer([property: Id(0)] WallState State, [property: Id(1)] SessionInfo? Session = null);

/// <summary>
/// Screens that wait to become walls. Held in memory: a code lives for minutes, and a screen whose code is forgotten asks for another. What comes of
/// it, the wall's session, is in its book. Key: <see cref="WallKeys.All"/>.
/// </summary>
[Alias("journey.walls"), Answers(Askers.Gateways)]
public interface IWallsGrain : IGrainWithStringKey
{
    /// <param name="secretHash">SHA-256 of what the screen alone holds.</param>
    /// <returns>Null when too many screens of that address wait already.</returns>
    [Alias("ask")] Task<WallCode?> Ask(string secretHash, string? address);

    /// <summary>Answers once the screen is admitted, or after a while that it still waits.</summary>
    [AlwaysInterleave, Alias("await")] Task<WallAnswer> Await(string secretHash);

    /// <summary>Refused for an unknown code; whoever has tried many is told to wait.</summary>
    [Alias("admit")] Task<Outcome> Admit(AdmitWall command);
}

public static class WallKeys
{
    public const string All = "walls/all";
}
