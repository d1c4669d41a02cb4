using static Journey.Api.ProblemCodes;

namespace Journey.Gateway.Http.Description;

/// <summary>The house: units and their boards, staff and shifts, alerts and rules, the hotline, feeds.</summary>
internal static class HouseTexts
{
    public static IReadOnlyList<OperationText> All { get; } =
    [
        new("GET /api/v1/units", """
            Every unit of the hospital with how many patients it has and how many of its clocks are late. The codes that stand here are those that
            other addresses take.
            """),
        new("GET /api/v1/units/{unit}/board", """
            Everything on a unit's board now: rows, beds, totals and feeds. To follow it, join the hub's board instead of asking again and again:
            see `docs/api.md`. A role that steers by numbers gets the rows without names.
            """),
        new("GET /api/v1/units/{unit}/wall", """
            The board for a screen that visitors may pass: initials, and nothing by which a patient could be looked up.
            """),
        new("GET /api/v1/units/{unit}/waiting-room", """
            A public board: for each patient a code that their family knows and that changes every few hours, and a step of the journey. It is off
            until the policy names the unit (`family: waitingRoom.units`).
            """) { Failures = [(404, NoWaitingRoom)] },
        new("GET /api/v1/units/{unit}/waiting-room/live", """
            An event stream with an event `room`: the public board at once, after every change, and every half minute without one.
            """) { Media = "text/event-stream", Failures = [(404, NoWaitingRoom)] },

        new("GET /api/v1/views", """
            Views that the caller has named, and for each unit how they have its board: by a view, as they left it, or as the policy says. A view is
            kept for the person, on whatever screen they sign in.
            """),
        new("GET /api/v1/views/{view}", """
            Columns, order, filters, density and folded sections of a view. Whoever may watch boards may read one by its id: it names no patient,
            and shows nothing that its reader would not see.
            """) { Failures = [ViewUnknown] },
        new("POST /api/v1/views", """
            Keeps columns, order, filters, density and folded sections under a name, for the caller alone. A view of that name is replaced and keeps
            its id, so that links to it go on.
            """)
        {
            Example = """
                {"name":"Fast track","layout":{"columns":["location","patient","step","stay","needs"],"sort":"stay","density":"dense","only":["unseen"]}}
                """,
            Failures = [TooManyViews],
        },
        new("POST /api/v1/views/{view}/delete", """
            Deletes a view of the caller's. Links to it end, and units that were shown by it are shown as the policy says.
            """) { Failures = [ViewUnknown] },
        new("POST /api/v1/views/choice", """
            Keeps how the caller has a unit's board: by a view of theirs, or as they left it. With neither it is as the policy says
            (`units: board` of the pack).
            """) { Example = """{"unit":"ED","layout":{"sort":"stay","density":"dense"}}""", Failures = [ViewUnknown] },

        new("GET /api/v1/staff", """
            The directory: who works here, in which roles and on which units. People who sign in are added by themselves.
            """),
        new("POST /api/v1/staff", """
            Adds a person to the directory, or replaces what is known of one: roles and units are those of the request. Give the employee's
            identifier where people sign in at the hospital's own provider, so that namesakes are told apart.
            """)
        {
            Example = """{"name":"Morgan Castlebay","roles":["nurse"],"units":[]}""",
            Failures = [RoleUnknown, PersonUnknown, PersonAmbiguous],
        },
        new("GET /api/v1/shifts", """
            Shifts that run now, everywhere or on the unit that is named; with `coming=true` also those kept for later. Whose shift has ended is
            not called by alerts any more.
            """),
        new("POST /api/v1/shifts", """
            Puts somebody on duty on a unit in a role. Sent for a shift that they have there it changes its times. It takes `leavePatients` to cut
            it short while patients are theirs.
            """)
        {
            Example = """{"name":"Morgan Castlebay","role":"nurse","unit":"ED"}""",
            Failures = [(409, ShiftHasPatients), ShiftOutOfRange, RoleUnknown, PersonUnknown, PersonAmbiguous],
        },
        new("POST /api/v1/shifts/end", """
            Takes somebody off duty on a unit in a role. When it is their last shift and patients are theirs it takes `leavePatients`; the refusal
            says how many in `patients`. The answer says it in words.
            """)
        {
            Example = """{"name":"Morgan Castlebay","role":"nurse","unit":"ED"}""",
            Failures = [(409, ShiftHasPatients), RoleUnknown, PersonUnknown, PersonAmbiguous, ShiftUnknown],
        },
        new("GET /api/v1/lists", """
            Questions, promises, requests, handoffs and alerts of one person on all units, or those that a role has to see to. Without `addressee`
            it is the caller's own. Only one's own list, and those of one's roles on one's units, can be read.
            """),

        new("GET /api/v1/alerts", """
            Open alerts of every unit of the caller, oldest first, with who has each and until when. Alerts that a role is not told of are left out.
            """),
        new("GET /api/v1/rules", """
            Which rules call somebody, which only count (`shadow`), and which are off because what they wait for is not reported on a unit, with how
            often each was raised and acted on in the time asked for.
            """),
        new("POST /api/v1/rules/{key}", """
            Decides about one rule on one unit, or without a unit on all: `on`, `shadow` (it counts and calls nobody) or `not-reported`. A rule of
            the safety tier is silenced only with a reason.
            """)
        {
            Example = """{"to":"shadow","unit":"ED","reason":"Tried out for a week"}""",
            Failures = [RuleUnknown, RuleIsAnswered, RuleIsReported, RuleNeedsReason],
        },

        new("GET /api/v1/hotline", """
            Calls to the non-emergency line that are not over, and how many were answered in time or gave up within a day. It has callers' names and
            numbers.
            """),
        new("POST /api/v1/hotline/calls", """
            A telephone system, or a person, says that the line rings. The answer's `commandId` names the call from then on. All of the body may be
            left out.
            """) { Example = """{"caller":"Ivo Invented","number":"+43 1 5550100"}""" },
        Call("answer", "Somebody has picked up.", """
            The call is the caller's of this operation. A call that somebody else has answered is refused as `call-taken`.
            """, null, CallTaken),
        Call("abandon", "Whoever called has hung up.", """
            Ends a call that nobody answered. It counts as abandoned.
            """, null),
        Call("callback", null, """
            Promises to call back, by a time, and says who does. A call that was abandoned is open again.
            """, """{"number":"+43 1 5550100","about":"Visiting hours","callbackBy":"2031-03-20T15:00:00Z","owner":"Morgan Castlebay"}""",
            PromiseInThePast, PersonUnknown, PersonAmbiguous),
        Call("called-back", "The call back was made.", """
            Settles the promise and ends the call.
            """, null),
        Call("finish", null, """
            Ends a call that was answered.
            """, null),
        Call("question", null, """
            Makes what the caller asked a question on the visit it is about, and ends the call unless it is to be called back. Nothing of the visit
            is shown: whoever has the line needs no part in it.
            """, """{"visitId":"4b6f2c1e-5d0a-4c0e-9a53-0d7f6f0c8a11","text":"When may she go home?","kind":"clinical"}""",
            VisitUnknown, VisitClosed, VisitErased, TimeInTheFuture, PersonUnknown, PersonAmbiguous),

        new("GET /api/v1/feeds", """
            The connections by which the hospital's systems send messages: whether each is heard, when it last was, and codes it sent that no
            profile knows.
            """),
        new("GET /api/v1/messages", """
            What arrived from the feeds and what became of it, without what was in it. Give the last `sequence` as `before` for the next page; a
            page shorter than `count` is the last.
            """),
    ];

    private static OperationText Call(string path, string? summary, string says, string? example, params Failure[] failures) =>
        new("POST /api/v1/hotline/calls/{call}/" + path, says)
        {
            Summary = summary, Example = example, Failures = [(404, CallUnknown), CallUnknown, CallClosed, .. failures],
        };
}
