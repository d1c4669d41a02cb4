using System.Text;
using Journey.Contracts;
using Journey.Contracts.Staff;

namespace Journey.Gateway.Trust.Identity;

/// <summary>
/// Who acts: whoever signed in. Where nobody can, it is what the header <c>Journey-Acting-As</c> claims, and decides nothing but the name in the
/// history.
/// </summary>
internal static class ActingStaff
{
    public static readonly Actor Desk = new(StaffIds.Named("desk"), "Staff at the desk");
    private const int MaxLength = Api.Limits.ActingAs;

    /// <summary>
    /// A member of staff by the name screens know them by, or by <c>employee/…</c>, which tells namesakes apart. Whom a name means the directory
    /// says.
    /// </summary>
    public static Contracts.Person Named(string name)
    {
        var spaced = Spaced(name);
        return new(StaffIds.IsEmployee(spaced) ? spaced : StaffIds.Named(spaced), spaced);
    }

    public static Actor From(HttpContext context)
    {
        var caller = context.Caller();
        return new Actor(caller.Staff, caller.Name);
    }

    /// <summary>What the header says.</summary>
    public static Actor Claimed(HttpContext context)
    {
        var name = Sanitize(context.Request.Headers[Api.Paths.ActingAs].ToString());
        return name.Length == 0 ? Desk : new Actor(StaffIds.Named(name), name);
    }

    /// <summary>Header values are ASCII; a name with other letters comes percent-encoded.</summary>
    private static string Sanitize(string header)
    {
        if (header.Length > MaxLength * 9) header = header[..(MaxLength * 9)];
        var decoded = Uri.UnescapeDataString(header);
        var text = new StringBuilder(MaxLength);
        foreach (var rune in decoded.EnumerateRunes())
        {
            if (text.Length + rune.Utf16SequenceLength > MaxLength) break;
            var visible = Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '.' or ',' or '\'' or '’' or '(' or ')'
                || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark;
            if (visible) text.Append(rune.ToString());
        }

        return Spaced(text.ToString());
    }

    /// <summary>However wide the gaps are in which it is typed, a name is one.</summary>
    private static string Spaced(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
