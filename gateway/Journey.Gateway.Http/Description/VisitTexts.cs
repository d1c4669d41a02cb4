using static Journey.Api.ProblemCodes;

namespace Journey.Gateway.Http.Description;

/// <summary>Visits: finding and reading them, their steps, their alerts.</summary>
internal static class VisitTexts
{
    public static IReadOnlyList<OperationText> All { get; } =
    [
        new("GET /api/v1/visits", """
            Finds visits by the number that the hospital gave them (PV1-19). Only those that the caller may open are shown; none found is an empty
            list.
            """)
        {
            Answer = """
                [{"visitId":"4b6f2c1e-5d0a-4c0e-9a53-0d7f6f0c8a11","visitNumber":"V4711","unit":"ED","bed":"1",
                  "patient":{"name":"Ida Invented","number":"100234","birthDate":"1970-01-01","sex":"F"},"class":"emergency",
                  "status":"present","step":"roomed","arrivedAt":"2031-03-20T13:05:00Z","departedAt":null,"place":"R01/1","probablyGone":false}]
                """,
        },
        new("GET /api/v1/patients", """
            Finds visits by a part of the patient's name or by a whole number of theirs, at most 50. A patient under a privacy lock is not found by
            name: only whoever has the whole number finds them.
            """),
        new("GET /api/v1/visits/{id}", """
            One visit in full: its row of the board, the places the patient was in, steps, clocks, alerts, questions, promises, requests, handoffs
            and family. What a role is not told is left out.
            """),
        new("GET /api/v1/visits/{id}/timeline", """
            Everything that was recorded of the visit, by people and by feeds, with what was taken back. An entry with `canUndo` can be taken back
            by naming its `commandId` in an undo.
            """),
        Command("touchpoints", "A step was reached, somebody was with the patient, or acuity changed.", """
            Records one thing that somebody did or saw: a step of the journey (`step`), that somebody was with the patient (`contact`), or how
            urgent it is (`acuity`). The step `departed` ends the visit and says how the patient left. Clocks and alerts that waited for it end.
            """, """{"kind":"step","step":"triaged"}""", StepUnknown, StepNotAhead, AcuityOutOfRange),
        Command("note", "Keeps a line on the visit's row.", """
            What colleagues on the unit should see at once, in one line; it takes the place of the one before, and empty takes it off. It goes with
            the visit's end, and stands in the history.
            """, """{"text":"Glasses are with the ward clerk"}"""),
        Command("verify", "Somebody looked, and it is as the board says.", """
            Confirms what the board shows: that the patient is here or gone, in this place, with this nurse, of this acuity. It settles the doubts
            that it answers. Saying `here` of a visit that was thought to have ended brings it back to the board.
            """, """{"what":"here"}""", StepNotAhead),
        Command("assignments", "Gives the visit a nurse, a provider or a point of contact.", """
            Says who has the role from now on; a name of null says that nobody has. Whoever has a part in a visit may open it. A name that several
            people bear is refused with their `employee/…` identifiers: send one of those.
            """, """{"role":"nurse","name":"Morgan Castlebay"}""", PersonUnknown, PersonAmbiguous),
        Command("family/waiting", "Somebody of the family waits for word.", """
            Starts the family's clock: the board shows that they wait and for how long, and an alert calls somebody when it takes too long. An empty
            body is enough.
            """, """{"who":"Ivo, her son"}"""),
        Command("family/told", "The family was told.", """
            Ends the family's waiting and begins the time to the next word: the one that is promised in `nextBy`, or the one that the policy sets.
            An empty body is enough. It stands in the told-ledger of the visit, with who was told and about what.
            """, """{"who":"Ivo, her son","about":"waiting for the scan","nextBy":"2031-03-20T15:00:00Z","topics":["tests","delay"]}""",
            PromiseInThePast, ContactUnknown),
        Command("alerts/{alert}/see", "Somebody has seen the alert.", """
            Notes that a person has looked at it. It goes on calling until somebody takes or resolves it.
            """, null, AlertClosed, AlertUnknown),
        Command("alerts/{alert}/acknowledge", "Takes an alert: I see to it.", """
            From now on the alert is the caller's, until `expectedBy`; then it calls again. One that somebody else has is refused as `alert-owned`,
            with their name; with `takeOver` it changes hands.
            """, """{"expectedBy":"2031-03-20T14:45:00Z"}""", AlertClosed, AlertUnknown, AlertOwned, PromiseInThePast),
        Command("alerts/{alert}/snooze", "Silences an alert for a while, with a reason.", """
            The alert calls nobody until then. How long that may be the policy says, at most 60 minutes unless a site decides otherwise.
            """, """{"until":"2031-03-20T14:45:00Z","reason":"The patient is in the scanner"}""", AlertClosed, AlertUnknown, SnoozeOutOfRange),
        Command("alerts/{alert}/resolve", "What the alert waits for is done.", """
            Ends an alert for a round or a family by doing what it asks: it is recorded as a contact, or as the family told. An alert about a
            question, a handoff or an owner ends with the answer, the read-back or the assignment only, and is refused here as
            `alert-needs-its-deed`.
            """, """{"action":"Sat with her for ten minutes"}""", AlertClosed, AlertUnknown, AlertNeedsItsDeed),
        Command("undo", "Takes back what a command of this visit did.", """
            The entry stays in the history and is marked as taken back. It works for some minutes, which the policy sets, and not for what has left
            the house or what somebody else has built on.
            """, """{"commandId":"0f8fad5b-d9cb-469f-a165-70867728950e"}""", NothingToUndo, UndoTooLate, CannotBeTakenBack),
    ];

    /// <summary>What a command of a visit may refuse whatever it is.</summary>
    public static OperationText Command(string path, string summary, string says, string? example, params Failure[] failures) =>
        new("POST /api/v1/visits/{id}/" + path, says)
        {
            Summary = summary, Example = example, Failures = [VisitClosed, TimeInTheFuture, .. failures],
        };
}
