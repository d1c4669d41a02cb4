using Journey.Api;
using Journey.Client.Live;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Live;

/// <summary>The names that stand on boards.</summary>
public static class StaffOnBoards
{
    /// <summary>Everybody named on a board that is shown.</summary>
    public static IEnumerable<string> Names(this BoardConnection connection) =>
        ((string[])[CareRoles.Nurse, CareRoles.Provider, CareRoles.PointOfContact]).SelectMany(connection.NamesOf);

    public static IEnumerable<string> NamesOf(this BoardConnection connection, string role) =>
        connection.Shown.Where(b => !b.IsWall).SelectMany(b => b.Board!.Rows).Select(r => Say.Holder(r, role)).OfType<string>().Distinct()
        .Order(StringComparer.OrdinalIgnoreCase);
}
