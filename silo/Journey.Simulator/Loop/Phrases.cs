using System.Collections.Immutable;
using Journey.Simulator.Model;

namespace Journey.Simulator.Loop;

/// <summary>What people of the demo say. Nothing in it tells who anybody is or what they have.</summary>
internal static class Phrases
{
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Questions = ImmutableDictionary<string, ImmutableArray<string>>.Empty
        .Add("clinical", ["When will the results be back?", "May she eat something now?", "Is the pain normal after this?",
            "Will he need to stay the night?", "Should we bring the medicines from home?"])
        .Add("billing", ["Does the insurance pay for this?", "Where do I get a receipt?", "Is a single room charged?"])
        .Add("appointment", ["When is the follow-up visit?", "Can the check be moved to a Friday?", "Whom do we call for the next appointment?"])
        .Add("other", ["Where can I charge my telephone?", "May the children visit?", "Is there somewhere to lie down for the night?"])
        .Add("concern", ["We have been told two different things.", "It was very loud last night.", "Nobody came when the bell rang."]);

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Needs = ImmutableDictionary<string, ImmutableArray<string>>.Empty
        .Add("comfort", ["A blanket", "Water and ice", "A quieter place", "Another pillow", "Help with the bed"])
        .Add("interpreter", ["Spanish", "Polish", "Arabic", "Vietnamese"])
        .Add("education", ["How to use the inhaler", "What to watch for at home", "How the dressing is changed"])
        .Add("spiritual", ["A visit of the chaplain", "A quiet room to pray"])
        .Add("mental-health", ["Would like to talk to somebody"])
        .Add("callback", ["Please call the daughter this afternoon", "Please call back about the belongings"])
        .Add("other", ["A charger", "A letter for the employer"]);

    private static readonly ImmutableArray<string> Promises =
        ["Bring the results", "Ask the physician to come by", "Call the pharmacy", "Look in again", "Find out about the bed upstairs",
            "Bring the discharge papers"];

    private static readonly ImmutableArray<string> Told =
        ["Waiting for results", "The plan was explained", "Resting comfortably", "It takes longer than hoped", "May come in for a visit"];

    private static readonly ImmutableArray<string> Updates =
        ["All is going as planned. We will write again.", "You are welcome to come in now.",
            "We are still waiting for one result and have not forgotten you.", "The care team will speak with you this afternoon."];

    private static readonly ImmutableArray<string> LifeEvents = ["Wedding anniversary", "First grandchild is expected", "Daughter's graduation"];
    private static readonly ImmutableArray<string> Callers =
        ["Mrs. Larkwood", "Mr. Oxenford", "Ms. Quillan", "A neighbour", "Mr. Hazelmere", "Mrs. Brightling", "A pharmacy"];

    public static string Question(string kind, Dice dice) => dice.Pick(Questions[kind]);
    public static string Need(string kind, Dice dice) => dice.Pick(Needs[kind]);
    public static string Promise(Dice dice) => dice.Pick(Promises);
    public static string News(Dice dice) => dice.Pick(Told);
    public static string Update(Dice dice) => dice.Pick(Updates);
    public static string LifeEvent(Dice dice) => dice.Pick(LifeEvents);
    public static string Caller(Dice dice) => dice.Pick(Callers);

    public static string Answer(string kind, Dice dice) => kind switch
    {
        "billing" or "appointment" => dice.Pick(["The office has it in hand and will write.", "Yes; the desk on the ground floor has the papers."]),
        "concern" => "I am sorry. I have spoken with the team, and it will be done differently from now on.",
        _ => dice.Pick(["Yes, and we will tell you when it changes.", "Within the hour; I will come and tell you.",
            "Not yet: first the physician has to see the results."]),
    };

    public static string Outcome(string kind) => kind switch
    {
        "interpreter" => "The interpreter was there",
        "mental-health" => "Seen by the liaison team",
        "spiritual" =>
            "The chaplain was there",
        "education" => "Shown and practised",
        _ => "Done",
    };
}
