using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Simulator.Model;

namespace Journey.Simulator.Feed;

/// <summary>What must be known to go on with a run after a restart. The story itself is told anew from its seed.</summary>
/// <param name="Done">Every event up to this sequence has been delivered.</param>
/// <param name="AliveUntil">No event that falls later than this, in the server's time, has been sent.</param>
public sealed record RunState(int Format, long Seed, DateTimeOffset Start, long Done, DateTimeOffset AliveUntil, ImmutableArray<TimelinePiece> Pieces)
{
    public const int CurrentFormat = 1;

    /// <summary>The name of the story's habits; runs that were begun before there were any have none.</summary>
    public string Habits { get; init; } = "none";

    /// <summary>The story that is told.</summary>
    [JsonIgnore]
    public Hospital Hospital =>
        new(Seed, Start)
        {
            Habits = Model.Habits.Named(Habits)
            ?? throw new InvalidDataException($"A demo run has habits of another version: '{Habits}'.")
        };

    /// <summary>The state in a file; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is no state, or one of another version.</exception>
    public static RunState? Load(string path)
    {
        if (!File.Exists(path)) return null;
        RunState? state;
        try
        {
            state = JsonSerializer.Deserialize<RunState>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not the state of a demo run.", e);
        }

        return state is { Format: CurrentFormat, Pieces.IsDefaultOrEmpty: false }
            ? state
            : throw new InvalidDataException($"{path} is the state of another version's demo run.");
    }

    /// <summary>Replaces the file as a whole: a crash leaves the old state or the new one.</summary>
    public void Save(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory) Directory.CreateDirectory(directory);
        var fresh = path + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
        File.Move(fresh, path, overwrite: true);
    }
}
