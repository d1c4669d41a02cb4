using System.Collections.Frozen;

namespace Journey.Gateway.Http.Description;

/// <summary>What parameters mean, by name; with an operation in front where the name means something else there.</summary>
internal static class ParameterTexts
{
    private static readonly FrozenDictionary<string, (string Says, string Example)> All = new Dictionary<string, (string, string)>
    {
        ["id"] = ("The visit, by Journey's own id: `visitId` of a row or of a search.", "4b6f2c1e-5d0a-4c0e-9a53-0d7f6f0c8a11"),
        ["unit"] = ("A unit's code, such as `ED`. In a path `A/B` is `A~2FB`: see the introduction.", "ED"),
        ["alert"] = ("The alert, by the id that the row has.", "9d2b7c34-1a55-4f0e-8b1d-3a0f4c5e6d77"),
        ["item"] = ("The question, promise, request, handoff, contact or update, by its id on the visit.", "9d2b7c34-1a55-4f0e-8b1d-3a0f4c5e6d77"),
        ["call"] = ("The call, by its id: the `commandId` that answered its ringing.", "9d2b7c34-1a55-4f0e-8b1d-3a0f4c5e6d77"),
        ["question"] = ("One of the contact's own questions, by the id that the page has.", "9d2b7c34-1a55-4f0e-8b1d-3a0f4c5e6d77"),
        ["grant"] = ("The breaking of the glass, by the `grant` of its entry.", "9d2b7c34-1a55-4f0e-8b1d-3a0f4c5e6d77"),
        ["finding"] = ("The finding, by its id.", "9d2b7c34-1a55-4f0e-8b1d-3a0f4c5e6d77"),
        ["session"] = ("The session, by the id that the list has.", "20310320-4b6f2c1e5d0a4c0e9a530d7f6f0c8a11"),
        ["key"] = ("The rule, by its key in the policy, at most 80 characters.", "ed.triage"),
        ["view"] = ("The view, by the id that the list has.", "5f0c6a1e2d3b4c5d8e9f0a1b2c3d4e5f-3"),
        ["number"] = ("The visit's number as the hospital gave it, whole; 1 to 100 characters.", "V4711"),
        ["query"] = ("A part of the name, or a whole number; 2 to 100 characters.", "invented"),
        ["addressee"] = ("Whose list: a name, or a role as `role/charge-nurse@ED`. Left out: the caller's own.", "role/charge-nurse@ED"),
        ["from"] = ("Only what was at this time or later; ISO 8601 with an offset.", "2031-03-13T00:00:00Z"),
        ["GET /api/v1/rules from"] = ("Counts from this time; ISO 8601 with an offset. A week before the end when left out.", "2031-03-13T00:00:00Z"),
        ["until"] = ("Counts until this time, at most 92 days after the other; ISO 8601 with an offset. Now when left out.", "2031-03-20T00:00:00Z"),
        ["to"] = ("Only what was before this time; ISO 8601 with an offset.", "2031-03-20T00:00:00Z"),
        ["before"] = ("Where the page before ended, as it says; left out it is the first page.", "1931720400000000.3.17"),
        ["GET /api/v1/messages before"] =
            ("Only messages before this `sequence`: the last one of the page before. Left out it is the first page.", "4711"),
        ["count"] = ("How many at most in one page: 1 to 500, 100 when left out.", "100"),
        ["GET /api/v1/messages count"] = ("How many at most in one page: 1 to 200, 50 when left out.", "50"),
        ["visit"] = ("Only what concerns this visit.", "4b6f2c1e-5d0a-4c0e-9a53-0d7f6f0c8a11"),
        ["patientOf"] = ("Only what concerns any visit of the patient whose visit this is.", "4b6f2c1e-5d0a-4c0e-9a53-0d7f6f0c8a11"),
        ["patient"] = ("Only what concerns this patient, by Journey's own id; in FHIR also as `Patient/…`.", "7a0c9f52-2f4e-4c7b-9f2d-5e1b8d3c6a90"),
        ["person"] = ("Only what this person did, by the `who` of an entry; at most 200 characters.", "employee/E4711"),
        ["action"] = ("Only this action, such as `read-visit`, `search`, `change` or `break-glass`.", "read-visit"),
        ["separator"] = ("What stands between columns: `comma`, or `semicolon` for spreadsheets that expect it. `comma` when left out.", "semicolon"),
        ["entity"] = ("Only what concerns this visit, as `Encounter/…` or by the id alone.", "Encounter/4b6f2c1e-5d0a-4c0e-9a53-0d7f6f0c8a11"),
        ["agent"] = ("Only what this person did; at most 200 characters.", "employee/E4711"),
        ["date"] = ("Bounds of the time, as FHIR has them: `ge2031-03-13` and `lt2031-03-20`. It may come twice.", "ge2031-03-13"),
        ["_count"] = ("How many at most in one page: 1 to 500, 100 when left out.", "100"),
        ["_page"] = ("Where the page before ended: the bundle's `next` link has it.", "1931720400000000.3.17"),
        ["returnUrl"] = ("A path of this site to come back to; anything else is `/`.", "/units/ED"),
        ["coming"] = ("True: also shifts that have not begun.", "true"),
        ["everywhere"] = ("True: ends one's other sessions too.", "true"),
        [Api.Paths.IdempotencyKey] =
            ("Names this command, for its caller: 1 to 200 characters. Without one each call is a command of its own.", "9f1c-told-14:30"),
        [Api.Paths.FamilyLink] = ("What stands behind `#` in the link's address.", "c2VjcmV0"),
        [Api.Paths.FamilySession] = ("The `session` that opening the door answered; needed by all but the opening.", "b3Blbg"),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static (string Says, string Example)? TextFor(string operation, string name) =>
        All.TryGetValue($"{operation} {name}", out var there) ? there : All.TryGetValue(name, out var text) ? text : null;
}
