using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Api;

namespace Journey.Client.Http;

/// <summary>Why the server did not do something: an RFC 9457 problem.</summary>
public sealed record Problem
{
    /// <summary>The HTTP status, such as 409.</summary>
    public int Status { get; init; }

    /// <summary>For programs: one of <see cref="ProblemCodes"/>, or a newer one. Null when something on the way answered, and not Journey.</summary>
    public string? Code { get; init; }

    /// <summary>The kind of problem, for people.</summary>
    public string? Title { get; init; }

    /// <summary>What is wrong here and what to do, for people; holds no patient data.</summary>
    public string? Detail { get; init; }

    /// <summary>What is wrong with which field of the request, by the field's name in the JSON; empty when the problem is of no field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>What else the problem says, such as <c>patients</c> of <see cref="ProblemCodes.ShiftHasPatients"/>; null when nothing.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extensions { get; set; }

    /// <summary>One sentence for people: the detail, else the title; null when the problem has neither.</summary>
    [JsonIgnore]
    public string? Says => Detail ?? Title;
}
