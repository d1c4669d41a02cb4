using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Journey.Contracts;

/// <summary>A visit: one stay of one patient, from expected or arrived to departed. Opaque; says nothing about the patient.</summary>
[GenerateSerializer, Immutable, Alias("journey.visit-id.v1")]
public readonly record struct VisitId([property: Id(0)] Guid Value)
{
    public override string ToString() => Value.ToString("N");
}

/// <summary>A patient as one sending facility's assigning authority knows them. Opaque; see <see cref="NameBasedGuid"/>.</summary>
[GenerateSerializer, Immutable, Alias("journey.patient-id.v1")]
public readonly record struct PatientId([property: Id(0)] Guid Value)
{
    /// <summary>Always the same for the same number of the same authority, whose three parts (HD) are trimmed and in upper case.</summary>
    public static PatientId From(string space, string universalId, string universalIdType, string number) =>
        new(NameBasedGuid.Create(NameBasedGuid.Namespace, "person", space, universalId, universalIdType, number));

    public override string ToString() => Value.ToString("N");
}

/// <summary>
/// The idempotency key of a command: a retry carries the same id and gets the same outcome, never a second effect.
/// From a feed it is derived from sender, MSH-10 and content; from HTTP from the caller and its <c>Idempotency-Key</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("journey.command-id.v1")]
public readonly record struct CommandId([property: Id(0)] Guid Value)
{
    public override string ToString() => Value.ToString("N");

    /// <summary>An id for a command that follows from this one, stable for the same <paramref name="part"/>.</summary>
    public CommandId Derive(string part) => new(NameBasedGuid.Create(Value, part));
}

/// <summary>
/// Name-based UUIDs, version 5 (RFC 9562 §5.5): the same names always give the same id, and the id gives nothing back.
/// Grain keys are made so, because numbers used as keys directly may be normalised by a storage provider into one another.
/// </summary>
public static class NameBasedGuid
{
    /// <summary>The root of every id Journey makes.</summary>
    public static readonly Guid Namespace = new("6f1f5c2e-0c0a-5b8e-9a53-6a6f75726e65");

    /// <summary>
    /// The id of <paramref name="names"/>, in order, below <paramref name="scope"/>. Names are separated so that ("ab","c") differs from ("a","bc").
    /// </summary>
    public static Guid Create(Guid scope, params ReadOnlySpan<string> names)
    {
        var length = 16;
        foreach (var name in names) length += Encoding.UTF8.GetByteCount(name) + 1;
        Span<byte> input = length <= 512 ? stackalloc byte[length] : new byte[length];
        scope.TryWriteBytes(input, bigEndian: true, out var at);
        foreach (var name in names)
        {
            at += Encoding.UTF8.GetBytes(name, input[at..]);
            input[at++] = 0x1F;
        }

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // SHA-1 is what version 5 prescribes; nothing secret rests on it.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0FFF) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
