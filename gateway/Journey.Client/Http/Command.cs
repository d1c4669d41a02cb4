using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Journey.Client.Http;

/// <summary>
/// Something that is to be recorded, as it will be sent. A value: two that record the same are equal. Made by <see cref="VisitCommands"/> and
/// <see cref="HouseCommands"/>, sent by
/// <see cref="JourneyApi.Send"/>.
/// </summary>
/// <param name="Address">Where to, below the server.</param>
/// <param name="Body">The JSON.</param>
public sealed record Command(string Address, string Body)
{
    internal static Command To<T>(string address, T body, JsonTypeInfo<T> type) => new(address, JsonSerializer.Serialize(body, type));
}
