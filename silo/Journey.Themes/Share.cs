using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Journey.Themes;

/// <summary>
/// Parts comments so that all of one respondent fall on one side, and always on the same: by a digest of who they are, not by chance. What is
/// asked about is then never answered by its own neighbour.
/// </summary>
internal static class Share
{
    /// <summary>Where a respondent stands, from 0 to below 1.</summary>
    /// <param name="purpose">Another purpose, another order.</param>
    public static double Of(string respondent, string purpose) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{respondent}"))) / (uint.MaxValue + 1.0);

    /// <summary>So many of a hundred comments, and the others; respondents are taken whole, in their order, until there are enough.</summary>
    public static (List<Comment> First, List<Comment> Others) Split(IEnumerable<Comment> comments, int percent)
    {
        var all = comments.ToList();
        var (first, others) = (new List<Comment>(), new List<Comment>());
        var respondents = all.GroupBy(comment => comment.Respondent).OrderBy(one => Of(one.Key, nameof(Split)))
            .ThenBy(one => one.Key, StringComparer.Ordinal);
        foreach (var respondent in respondents) (first.Count * 100 < all.Count * percent ? first : others).AddRange(respondent);
        return (first, others);
    }
}
