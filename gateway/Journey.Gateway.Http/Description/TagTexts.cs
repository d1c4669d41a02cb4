namespace Journey.Gateway.Http.Description;

/// <summary>What each part of the interface is about.</summary>
internal static class TagTexts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["Identity"] = "In, out, and who one is.",
        ["Family"] = "What may be written to families.",
        ["Staff"] = "Who works here, who is on duty, and what each owes.",
        ["Alerts"] = "What calls somebody now, and the rules that do.",
        ["Audit"] = "Who saw or did what: the trail, for the privacy officer.",
        ["Sessions"] = "Who is signed in, and ending it.",
        ["Walls"] = "Screens that show a unit's board to whoever passes.",
        ["Units"] = "Units and their boards.",
        ["Views"] = "How people have boards: columns, order, filters. A view says nothing of a patient, and a link may name it.",
        ["Visits"] = "A patient's stay: reading it, and everything that staff say of it. A command is a `POST` with an `Idempotency-Key`.",
        ["Patients"] = "Finding patients.",
        ["Hotline"] = "The non-emergency telephone line.",
        ["Break the glass"] = "Opening a visit in need that one has no part in, and the review of it.",
        ["Snooping"] = "Looks that may have had no reason, and what the privacy officer says of them.",
        ["Family page"] =
            "What the page calls that a contact opens with their link and the code word. Every call brings the link's secret in a header.",
        ["Feeds"] = "The hospital's systems, and what they sent.",
    };
}
