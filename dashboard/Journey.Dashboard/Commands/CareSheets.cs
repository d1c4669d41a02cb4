using Journey.Api;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Commands;

/// <summary>The sheets that ask for words only.</summary>
public static class CareSheets
{
    public static Sheet Answer(Subject about, Question question) =>
        new Sheet.FreeText($"Answer {Say.Asker(question.Asker)}, {about.Who}", "What they were told", "Answered as told",
            text => CareIntent.Answer(about, question.Id, text))
        {
            Quote = question.Text, Hint = "Tell them first; then write down what you said. It closes when they say that it satisfies them.",
            Long = true,
        };

    public static Sheet Note(BoardRow row) =>
        new Sheet.FreeText($"Note on the line of {Say.Who(row)}", "One line for whoever looks at the board", "Keep it", text => Intent.Note(row, text))
        {
            Value = row.Note, Longest = Limits.RowNote, MayBeEmpty = true,
            Hint = "It stands on the board until the visit ends. No diagnosis: everybody on the unit reads it. Empty takes it off.",
        };

    /// <param name="withdraw">Takes it back for a reason.</param>
    /// <param name="quote">What was asked, promised or asked for; null when nobody wrote it down.</param>
    public static Sheet Withdraw(Subject about, Func<string?, Intent> withdraw, string? quote) =>
        new Sheet.FreeText($"Withdraw it, {about.Who}", "Why", "Withdraw", withdraw)
        {
            Quote = quote, Often = ["Recorded by mistake", "No longer wanted", "It was said already"],
        };

    public static Sheet Keep(Subject about, Promise promise) =>
        new Sheet.FreeText($"Promise kept, {about.Who}", "How", "Kept", how => CareIntent.Keep(about, promise.Id, how))
        {
            Quote = promise.What,
            MayBeEmpty = true
        };

    public static Sheet Lock(Subject about, string which, bool on) => on
        ? new Sheet.FreeText($"{Say.Lock(which)}: set it for {about.Who}", "Why", "Set the lock", why => CareIntent.Lock(about, which, true, why))
        {
            Hint = "While it is set nobody outside learns even that the patient is here: no update leaves, no link opens. "
                + (which == PrivacyLocks.NoInformation
                    ? "Inside, no wall shows them and no search by name."
                    : "Inside, the unit sees a taken bed without a name: the visit opens to the charge nurse and to whoever has a part in it, to "
                        + "all others by breaking the glass.")
                + " It is of the person: it holds on all their visits, on those that begin later too, until somebody lifts it.",
            Often = ["The patient asked for it", "Court order", "Threat"],
            MayBeEmpty = true,
        }
        : new Sheet.FreeText($"{Say.Lock(which)}: lift it for {about.Who}", "Why", "Lift the lock", why => CareIntent.Lock(about, which, false, why))
        {
            Hint = "It is lifted on all visits of the person. What the hospital system itself keeps confidential stays so.",
            Often = ["The patient asked for it"],
        };

    public static Sheet Hold(Subject about) =>
        new Sheet.FreeText($"Bad news is pending, {about.Who}", "Why", "Set the hold", why => CareIntent.Hold(about, true, why))
        {
            Hint = "Nothing goes to the family by itself until a clinician has spoken with them and the hold is lifted.", MayBeEmpty = true,
        };

    public static Sheet CodeWord(Subject about) =>
        new Sheet.FreeText($"Code word of {about.Who}", "The word, at least four letters", "Set it", word => CareIntent.CodeWord(about, word))
        {
            Hint = "The patient chooses it and gives it to whom they wish. It is kept so that nobody can read it again.",
        };
}
