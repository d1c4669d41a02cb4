using static Journey.Api.ProblemCodes;
using static Journey.Gateway.Http.Description.VisitTexts;

namespace Journey.Gateway.Http.Description;

/// <summary>Questions, promises, requests, rounds and handoffs of a visit.</summary>
internal static class CareTexts
{
    public static IReadOnlyList<OperationText> All { get; } =
    [
        Command("questions", "Somebody asked a question.", """
            Writes down what the patient, the family or staff asked, and who answers it. It is on the visit and on its owner's list until its asker
            is satisfied, and an alert calls when nobody answers.
            """, """{"asker":{"kind":"family","name":"Ivo, her son"},"kind":"clinical","text":"When?","answerBy":"2031-03-20T15:00:00Z"}""",
            PromiseInThePast, PersonUnknown, PersonAmbiguous),
        Command("questions/{item}/take", "Takes a question, or gives it to somebody.", """
            Says who answers. An empty body takes it oneself.
            """, """{"owner":"Morgan Castlebay"}""", QuestionUnknown, QuestionClosed, PersonUnknown, PersonAmbiguous),
        Command("questions/{item}/answer", "The asker was answered.", """
            Records the answer. The question stays open until its asker says that it satisfies.
            """, """{"answer":"At four o'clock; she comes back to the same room."}""", QuestionUnknown, QuestionClosed, QuestionAnswered),
        Command("questions/{item}/confirm", "What the asker said of the answer.", """
            Satisfied closes the question; not satisfied opens it again, with a new time by which an answer is due.
            """, """{"satisfied":true,"remark":"That helps."}""", QuestionUnknown, QuestionClosed, QuestionNotAnswered),
        Command("questions/{item}/withdraw", "The asker took the question back.", """
            Closes it without an answer, with the reason.
            """, """{"reason":"Asked twice"}""", QuestionUnknown, QuestionClosed),
        Command("promises", "Something was promised.", """
            Writes down what was promised, to whom and by when. It is on its owner's list, and an alert calls when the time is near.
            """, """{"what":"Call the daughter back","toWhom":"Ida","dueAt":"2031-03-20T15:00:00Z"}""",
            PromiseInThePast, PersonUnknown, PersonAmbiguous),
        Command("promises/{item}/keep", "The promise was kept.", """
            Settles it. An empty body is enough.
            """, """{"how":"Spoke with her by telephone"}""", PromiseUnknown, PromiseSettled),
        Command("promises/{item}/withdraw", "The promise is taken back.", """
            Settles it as withdrawn, with the reason: it counts neither as kept nor as broken.
            """, """{"reason":"She came by herself"}""", PromiseUnknown, PromiseSettled),
        Command("requests", "Somebody needs something.", """
            Asks for an interpreter, comfort, spiritual care, education or something else, for the patient or the family. It is on a list until it
            is done, and an alert calls when nobody takes it.
            """, """{"kind":"interpreter","for":{"kind":"patient"},"what":"Croatian","wantedBy":"2031-03-20T15:00:00Z"}""",
            PromiseInThePast, PersonUnknown, PersonAmbiguous),
        Command("requests/{item}/take", "Takes a request, or gives it to somebody.", """
            Says who sees to it. An empty body takes it oneself; one that somebody else has taken is refused as `request-taken`.
            """, """{"owner":"Morgan Castlebay"}""", RequestUnknown, RequestClosed, RequestTaken, PersonUnknown, PersonAmbiguous),
        Command("requests/{item}/finish", "The request is done.", """
            Closes it with how it went; of education also whether they could say it in their own words. An empty body is enough.
            """, """{"outcome":"The interpreter was there for the whole talk"}""", RequestUnknown, RequestClosed),
        Command("requests/{item}/withdraw", "The request is taken back.", """
            Closes it undone, with the reason.
            """, """{"reason":"Her son interprets"}""", RequestUnknown, RequestClosed),
        Command("rounds", "A round was made.", """
            Records a purposeful round: pain, toilet, position, possessions. It restarts the patient's clock for rounds. An empty body records that
            somebody was there.
            """, """{"pain":3,"potty":true,"position":true,"possessions":true,"note":"Sleeps well"}""", PainOutOfRange),
        Command("life-events", "A day that matters to the patient.", """
            Notes a birthday, an anniversary or another day, so that the visit reminds of it while it is to come.
            """, """{"what":"wedding anniversary","on":"2031-03-21"}"""),
        Command("pulses", "How the patient or the family finds it.", """
            Records an answer to how it is going, in one number and a few words. It stands on the visit's page.
            """, """{"score":4,"touchpoint":"after the scan","remark":"Everybody is kind"}""", PulseOutOfRange),
        new("GET /api/v1/visits/{id}/handoffs/draft", """
            An I-PASS handoff (illness severity, patient summary, action list, situation awareness) put together from what is known of the visit.
            Nothing is recorded but that it was read; edit it and offer it.
            """)
        {
            Answer = """
                {"illness":"stable","summary":"In R01/1 since 13:05, triaged 3, waits for a scan.",
                  "actions":["Answer her son's question by 15:00"],"awareness":"The family waits for word."}
                """,
        },
        Command("handoffs", "Offers the visit to whoever takes over.", """
            Begins a handoff. The visit changes hands only when the person it is offered to reads it back; until then it stays with whoever offers
            it, and an alert calls when nobody does. Another offer takes the place of one that is open.
            """, """
            {"to":"Morgan Castlebay","role":"nurse","content":{
              "illness":"watcher, pressure falls","summary":"Admitted with chest pain, first troponin negative.",
              "actions":["Second troponin at 16:00"],"awareness":"Call the physician below 90 systolic."}}
            """, PersonUnknown, PersonAmbiguous),
        Command("handoffs/{item}/accept", "Reads a handoff back, and takes over.", """
            Completes the handoff: the caller has the visit from now on. Only the person it was offered to can, in their own words.
            """, """{"synthesis":"Chest pain, watcher; second troponin at four, call below 90 systolic."}""",
            HandoffUnknown, HandoffClosed, HandoffNotYours, HandoffNeedsReadBack),
        Command("handoffs/{item}/return", "Returns a handoff with a question.", """
            Sends it back to whoever offered it, with what has to be answered first. The visit stays with them.
            """, """{"question":"Who has spoken with the family?"}""", HandoffUnknown, HandoffClosed, HandoffNotYours),
        Command("handoffs/{item}/withdraw", "Takes an offer back.", """
            Ends an offer that was not accepted yet. Nothing else changes.
            """, null, HandoffUnknown, HandoffClosed),
    ];
}
