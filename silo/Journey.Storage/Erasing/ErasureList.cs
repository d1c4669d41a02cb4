using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Grains.Storage;
using Journey.Storage.Sealing;

namespace Journey.Storage.Erasing;

/// <summary>
/// Every erasure that was decided, in a file beside the keys: outside of the database and its backups, the same for every silo, and written before
/// the database is. What stands here and not in the database was interrupted, or a restored backup has brought it back.
/// </summary>
internal sealed partial class ErasureList(KeyRing ring)
{
    private readonly string _path = Path.Combine(ring.Folder, "erasures");

    /// <exception cref="StorageException">It cannot be read.</exception>
    public IReadOnlyList<Erasure> Read()
    {
        try
        {
            if (!File.Exists(_path)) return [];
            var lines = File.ReadAllLines(_path, Encoding.UTF8);
            var all = new List<Erasure>();
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length == 0) continue;
                if (Parse(lines[i]) is { } erasure) all.Add(erasure);
                // Whether a crash cut it short before it was acted on, or a copy of the folder lost its end, only somebody who looks can tell; passed
                // over, who was erased would be served again.
                else throw new StorageException(
                    $"Line {i + 1} of the list of erasures '{_path}' cannot be read: put a copy of the file in its place. If it is the last line, "
                        + $"and an erasure was broken off while it was written, nothing was erased by that: take the line out.");
            }

            return all;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreachable(e);
        }
    }

    /// <summary>On disk when it returns.</summary>
    /// <exception cref="StorageException">It cannot be written: then nothing is erased either.</exception>
    public void Add(Erasure erasure)
    {
        try
        {
            OwnerOnly.File(_path);
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
            // An empty line ends one that was cut short.
            file.Write(Encoding.UTF8.GetBytes($"{(file.Length > 0 ? "\n" : "")}{JsonSerializer.Serialize(erasure, ErasureJson.Default.Erasure)}\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreachable(e);
        }
    }

    private static Erasure? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ErasureJson.Default.Erasure);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private StorageException Unreachable(Exception e) =>
        new($"The list of erasures '{_path}' cannot be read or written: check the folder of the key ring and its permissions "
            + $"(Journey:Storage:KeyRing). Nothing was erased.", e);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Erasure))]
    private sealed partial class ErasureJson : JsonSerializerContext;
}
