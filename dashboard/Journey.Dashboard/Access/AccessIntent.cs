using Journey.Api;
using Journey.Dashboard.Live;
using Journey.Dashboard.Staff;

namespace Journey.Dashboard.Access;

/// <summary>What is done to sessions and walls. None of it can be taken back by a tap.</summary>
internal static class AccessIntent
{
    public static Intent End(OpenSession session, string? reason) =>
        Of(session.Name, $"{Paths.Sessions}/{session.Id}/end", new(reason), JourneyJson.Default.EndSessionRequest, "Signed out");

    public static Intent Admit(WallRequest wall) => Of(wall.Name!, Paths.Walls, wall, JourneyJson.Default.WallRequest, $"Wall of {wall.Unit} enrolled");

    public static Intent Remove(OpenSession wall) => Of(wall.Name, $"{Paths.Walls}/{wall.Id}/end", new(), JourneyJson.Default.Nothing, "Wall removed");

    private static Intent Of<T>(string who, string path, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string says) =>
        Intent.Of(new(Guid.Empty, who), path, body, type, says) with { CanBeUndone = false };
}
