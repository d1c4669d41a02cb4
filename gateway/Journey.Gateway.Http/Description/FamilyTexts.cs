using static Journey.Api.ProblemCodes;
using static Journey.Gateway.Http.Description.VisitTexts;

namespace Journey.Gateway.Http.Description;

/// <summary>Families: what staff do for them, and what their own page says and asks.</summary>
internal static class FamilyTexts
{
    public static IReadOnlyList<OperationText> All { get; } =
    [
        new("GET /api/v1/templates", """
            The updates to families that the hospital's policy has words for, in each of its languages. Send one by its key.
            """),
        Command("family/contacts", "Adds or changes a contact of the patient.", """
            Says whom to tell, in which order, how they are reached and how much they may hear (`consent`). With the `id` of a contact on record it
            changes that one.
            """, """{"name":"Ivo Invented","relation":"son","order":1,"language":"de","email":"ivo@example.org","consent":"progress"}"""),
        Command("family/contacts/{item}/remove", "Removes a contact.", """
            They hear nothing from now on, and links that they have no longer open.
            """, null, ContactUnknown),
        Command("family/contacts/{item}/revoke-links", "Ends every link that a contact has.", """
            Their links to the family page open no more. The contact stays, and may be given another.
            """, null),
        new("POST /api/v1/visits/{id}/family/contacts/{item}/link", """
            Makes the address of a page where this contact can follow the visit, as far as their consent goes. It opens with the visit's code word
            only, which therefore has to be set first. The secret part stands behind `#` and is kept nowhere: a lost link is replaced by another.
            Each call makes a new one.
            """)
        {
            Answer = """{"path":"/family/index.html#c2VjcmV0","commandId":"0f8fad5b-d9cb-469f-a165-70867728950e"}""",
            Failures = [(404, ContactUnknown), ContactUnknown, CodeWordMissing, UpdateForbidden, VisitClosed, TimeInTheFuture],
        },
        Command("family/code-word", "Sets the code word of the visit, or takes it away.", """
            Whoever gives the word on the telephone or on the family page may hear what their consent allows. Only a hash is kept: nobody can read
            it again. A word of null takes it away.
            """, """{"word":"tulip field"}""", CodeWordTooShort),
        new("POST /api/v1/visits/{id}/family/code-word/check", """
            Checks what somebody on the telephone gives as the code word, and says how much they may hear. Wrong words are counted for each contact;
            too many lock it for a while.
            """)
        {
            Example = """{"word":"tulip field"}""",
            Answer = """{"result":"right","mayHear":"progress","lockedUntil":null}""",
        },
        Command("family/locks", "Sets or lifts a privacy lock.", """
            `no-information`: the patient wants nobody to learn that they are here. `confidential`: only the care team knows who it is. `safety`:
            somebody means them harm. The lock is of the person: it holds on every visit of theirs.
            """, """{"lock":"no-information","on":true,"reason":"Asked for by the patient"}"""),
        Command("family/hold", "Holds messages to the family back, or lets them go.", """
            For bad news that a clinician has to bring first: no message leaves while it is set, not those that a step writes by itself either.
            """, """{"on":true,"reason":"The physician speaks with them first"}"""),
        Command("family/updates", "Writes to the family.", """
            Sends every contact who may hear it a message, by the means that they have: their page, e-mail or text message. Give the key of a
            template, or a text. It waits some minutes, in which it can be recalled; the family counts as told once it has arrived.
            """, """{"text":"Ida is back from her scan and sleeps.","nextBy":"2031-03-20T15:00:00Z"}""",
            TemplateUnknown, PromiseInThePast, UpdateForbidden, UpdateUnreachable),
        Command("family/updates/{item}/recall", "Recalls a message that has not left yet.", """
            It is not sent. One that has left is refused as `update-gone`: send another that puts it right.
            """, null, UpdateUnknown, UpdateGone),

        new("POST /api/v1/family/open", """
            What the family page calls first, with the link's secret in `Journey-Family-Link`. The answer says whether the door is open, and if so
            has the page and a `session`, which opens it for some hours without the word: send it as `Journey-Family-Session`. A wrong word is an
            answer (`wrong`, `locked`) and no error.
            """)
        {
            Example = """{"codeWord":"tulip field"}""",
            Answer = """{"door":"code-word-needed","session":null,"page":null,"lockedUntil":null}""",
            Failures = [(404, LinkUnknown)],
        },
        new("GET /api/v1/family/page", """
            The page of one contact: a step of the journey in a key for plain words, the next word, messages and their own questions. It has no more
            than their consent allows.
            """) { Failures = Inside },
        new("GET /api/v1/family/live", """
            An event stream with an event `page` at once and after every change; in between the same page comes again with a later `asOf`, which
            shows that it is live. It ends when the door closes.
            """) { Media = "text/event-stream", Failures = Inside },
        new("POST /api/v1/family/waiting", """
            The contact says that they wait for word. It starts the family's clock on the board, as when staff note it. There is no body.
            """) { Failures = Says },
        new("POST /api/v1/family/questions", """
            The contact asks the care team something. The question goes to whoever is responsible for the visit; the page shows what becomes of it.
            """) { Example = """{"text":"May she eat something?","kind":"clinical"}""", Failures = [.. Says, PromiseInThePast] },
        new("POST /api/v1/family/questions/{question}/confirm", """
            Whether the answer to a question of their own satisfies. Satisfied closes it; not satisfied opens it again.
            """)
        {
            Example = """{"satisfied":false,"remark":"I meant tonight."}""",
            Failures = [.. Says, QuestionUnknown, QuestionClosed, QuestionNotAnswered],
        },
        new("POST /api/v1/family/pulses", """
            The contact says in one number, and a few words if they like, how it is going.
            """) { Example = """{"score":4,"remark":"Everybody is kind"}""", Failures = [.. Says, PulseOutOfRange] },
    ];

    private static IReadOnlyList<Failure> Inside => [(404, LinkUnknown), (403, DoorClosed)];

    private static IReadOnlyList<Failure> Says => [.. Inside, VisitUnknown, VisitClosed, VisitErased, TimeInTheFuture];
}
