using static Journey.Api.ProblemCodes;

namespace Journey.Gateway.Http.Description;

/// <summary>Who signs in, who looked at what, and who asks why: identity, sessions, walls, audit, breaking the glass, findings.</summary>
internal static class PrivacyTexts
{
    public static IReadOnlyList<OperationText> All { get; } =
    [
        new("GET /signin", """
            For a browser: answers with a redirect to the provider that people sign in at, and after it with one to `returnUrl`. Systems do not call
            it; they send a bearer token of the provider.
            """) { Media = "302" },
        new("POST /signout", """
            For a browser: ends the session here, on every silo, and at the provider. Boards that it has open are closed. Answers with a redirect.
            """) { Media = "302" },
        new("GET /api/v1/me", """
            The caller's name, roles and units, and after how long without a sign of life their session ends. Where nobody signs in `signIn` is
            false and the caller is staff at the desk.
            """) { Answer = """{"signIn":true,"id":"8c1f","name":"Morgan Castlebay","roles":["nurse"],"units":["ED"],"idleSeconds":900}""" },

        new("GET /api/v1/sessions", """
            Every session that is open now, of people and of walls, with since when and from which address.
            """),
        new("POST /api/v1/sessions/{session}/end", """
            Ends somebody's session at once: their next request is refused, and boards that they have open are closed. They may sign in again unless
            the provider says otherwise. There is always a reason.
            """) { Example = """{"reason":"The tablet was lost"}""", Failures = [(404, SessionUnknown), SessionUnknown] },

        new("POST /api/v1/walls/codes", """
            What a screen without a keyboard calls first. It shows the code, and holds a cookie by which it takes its session once somebody has
            admitted it. There is no body.
            """)
        {
            Answer = """{"code":"K7QF-2M9X","until":"2031-03-20T14:40:00Z"}""",
            Failures = [(404, NotFound), (403, NoWallHere)],
        },
        new("GET /api/v1/walls/codes/live", """
            An event stream with an event `state`, which ends as soon as the screen is admitted or its code is no longer known.
            """) { Media = "text/event-stream" },
        new("POST /api/v1/walls/codes/open", """
            Gives the screen its session, in a cookie. It can show the wall of one unit and nothing else, until somebody removes it. There is no
            body.
            """) { Failures = [WallCodeUnknown] },
        new("GET /api/v1/walls", """
            Screens that show walls of the caller's units, with where they hang and since when.
            """),
        new("POST /api/v1/walls", """
            Types in the code that a screen shows, and says whose wall it becomes and where it hangs. Several wrong codes lock this for a quarter of
            an hour.
            """) { Example = """{"code":"K7QF-2M9X","name":"Corridor west","unit":"ED"}""", Failures = [WallCodeUnknown, WallCodeLocked] },
        new("POST /api/v1/walls/{session}/end", """
            Ends the session of a wall's screen. To come back it has to be enrolled again. There is no body.
            """) { Failures = [(404, SessionUnknown), SessionUnknown] },

        new("GET /api/v1/audit", """
            Who did or saw what, when, as what and from where: by visit, by patient, by person, by time. Journey's own ids stand for patients and
            never names. Reading it is itself recorded.
            """),
        new("GET /api/v1/audit/export.csv", """
            The entries that the same filters find, newest first, at most 100,000, as CSV in UTF-8 with a header line. `count` and `before` do not
            matter.
            """) { Media = "text/csv" },
        new("POST /api/v1/audit/prints", """
            The dashboard says that a sheet is printed: paper leaves the house without being seen again. Answers with what was sent.
            """) { Example = """{"sheet":"board","unit":"ED"}""", Answer = """{"sheet":"board","unit":"ED"}""" },
        new("GET /fhir/r4/AuditEvent", """
            The trail for a FHIR repository: a Bundle of type `searchset` with `AuditEvent` resources and a link to the next page. A problem is a
            problem here too, and no OperationOutcome.
            """) { Media = "application/fhir+json" },

        new("GET /api/v1/glass", """
            Each time that somebody opened a visit they have no part in: who, why in their words, and what the review found; and who did it
            unusually often. It has no patient's name.
            """),
        new("GET /api/v1/glass/terms", """
            The keys that may be given as a reason, and for how many minutes a visit is opened.
            """) { Answer = """{"reasons":[{"key":"emergency","says":"Emergency: the patient needs me now"}],"minutes":60}""" },
        new("POST /api/v1/visits/{id}/glass", """
            Opens a visit that the caller has no part in, confidential or not, for an hour unless a site decides otherwise. It takes a reason and a
            sentence. The caller may read and record then, but gives nobody the visit and gets no part in it.
            """)
        {
            Example = """{"reason":"emergency","note":"The patient collapsed in the corridor"}""",
            Failures = [GlassReasonUnknown, GlassNoteMissing, GlassLimit, VisitUnknown, VisitClosed, TimeInTheFuture],
        },
        new("POST /api/v1/glass/{grant}/review", """
            Records what the privacy officer found. A later review takes the place of an earlier one. Nobody reviews what they did themselves.
            """)
        {
            Example = """{"verdict":"justified","remark":"Spoke with the charge nurse"}""",
            Failures = [GlassUnknown, GlassOwn, VisitUnknown, VisitErased, TimeInTheFuture],
        },

        new("GET /api/v1/findings", """
            Looks that a rule found unusual, such as a person of the same surname, or many records without any deed. A finding is a question and no
            accusation.
            """),
        new("POST /api/v1/findings/{finding}/judgement", """
            Says whether there was a reason, or that it is followed up; `open` takes the judgement back. Nobody judges what they looked at
            themselves.
            """) { Example = """{"verdict":"had-reason"}""", Failures = [FindingUnknown, FindingOwn] },
    ];
}
