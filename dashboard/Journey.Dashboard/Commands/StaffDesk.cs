using Journey.Api;
using Journey.Client.Http;
using Journey.Dashboard.Parts;
using Journey.Dashboard.Words;

namespace Journey.Dashboard.Commands;

public enum ToastState { Sending, Done, Refused, Unanswered }

/// <summary>What became of one tap.</summary>
public sealed class Toast(int id, Intent intent, Guid key)
{
    public int Id { get; } = id;
    public Intent Intent { get; } = intent;

    /// <summary>One per tap, the same on every repeat of it.</summary>
    public Guid Key { get; } = key;

    public ToastState State { get; internal set; }
    public string? Why { get; internal set; }
    public Guid? Undoable { get; internal set; }

    /// <summary>Where one verb was meant for several: what became of each. Empty for one.</summary>
    public IReadOnlyList<Toast> Each { get; init; } = [];

    /// <summary>Ends when the server's answer is there.</summary>
    internal Task Sent { get; set; } = Task.CompletedTask;

    /// <summary>Seconds it still stays; null while it stays until dismissed.</summary>
    public int? SecondsLeft { get; internal set; }
}

/// <summary>
/// Sends what people tap and says what became of it. Nothing is shown as done before the server has said so; a request without an answer
/// is repeated with the same key, so that two taps' worth of network trouble is still one entry in the record.
/// </summary>
public sealed class StaffDesk : IDisposable
{
    private const int UndoSeconds = 10;
    private const int ShortSeconds = 5;

    /// <summary>Of several somebody reads more before they take it back.</summary>
    private const int UndoAllSeconds = 20;
    private const int Repeats = 3;
    private const int ShownDone = 3;
    private readonly JourneyApi _api;
    private readonly TimeProvider _clock;
    private readonly Ticker _ticker;
    private readonly SheetOpener _sheets;
    private readonly List<Toast> _toasts = [];
    private readonly HashSet<Guid> _seen = [];
    private int _last;

    public StaffDesk(JourneyApi api, TimeProvider clock, Ticker ticker, SheetOpener sheets)
    {
        (_api, _clock, _ticker, _sheets) = (api, clock, ticker, sheets);
        ticker.Beat += Age;
    }

    public IReadOnlyList<Toast> Toasts => _toasts;

    /// <summary>While somebody points at the toasts or has the focus there, none goes away.</summary>
    public bool Held { get; set; }

    public event Action? Changed;

    /// <summary>A command of this visit was answered: accepted, or refused because something stands differently than what was shown.</summary>
    public event Action<Guid>? Answered;

    public bool IsSending(Guid visit) =>
        _toasts.Exists(t => t.State == ToastState.Sending && (t.Intent.Visit == visit || t.Each.Any(each => each.Intent.Visit == visit)));

    /// <summary>Records a step with one tap; leaving is never one tap, it asks how.</summary>
    public Task Reach(BoardRow row, string step)
    {
        if (step != Steps.Departed) return Do(Intent.Step(row, step));
        _sheets.Open(new Sheet.Left(row));
        return Task.CompletedTask;
    }

    /// <summary>Asked for by a letter, which may be one of a word or of a scan: nothing is sent before somebody has said that it is meant.</summary>
    public void Ask(Intent intent) => _sheets.Open(new Sheet.Asked($"{intent.Says}?", "Record it", () => Do(intent)));

    /// <summary>As <see cref="Reach"/>, asked for by a letter.</summary>
    public void AskReach(BoardRow row, string step)
    {
        if (step == Steps.Departed) _sheets.Open(new Sheet.Left(row));
        else Ask(Intent.Step(row, step));
    }

    /// <summary>The departure never was.</summary>
    public void AskBack(BoardRow row) =>
        _sheets.Open(new Sheet.Asked($"Bring back {Say.Who(row)}?", "Bring back", () => Do(Intent.Verify(row, Verified.Here)))
        {
            Hint = "They are here, and the departure never was: back on the board, with every clock and every question.",
        });

    public async Task Do(Intent intent)
    {
        // A second tap on the same thing while the first is under way is impatience, not a second event.
        if (_toasts.Exists(t => t.State == ToastState.Sending && t.Intent == intent)) return;
        var toast = new Toast(++_last, intent, Guid.NewGuid());
        _toasts.RemoveAll(t => t.State == ToastState.Refused && t.Intent.Visit == intent.Visit);
        _toasts.Insert(0, toast);
        foreach (var old in _toasts.Where(t => t.State == ToastState.Done).Skip(ShownDone - 1).ToArray()) _toasts.Remove(old);
        await Again(toast);
    }

    /// <summary>One verb for several, one after the other: what is refused of one stops none of the others, and one undo takes all back.</summary>
    /// <param name="says">Of all of them together.</param>
    public async Task DoAll(string says, IReadOnlyList<Intent> intents)
    {
        if (intents is [var one]) await Do(one);
        if (intents.Count < 2) return;
        var toast = new Toast(++_last, intents[0] with { Visit = Guid.Empty, Says = says }, Guid.NewGuid())
        {
            Each = [.. intents.Select(intent => new Toast(++_last, intent, Guid.NewGuid()))],
        };
        _toasts.Insert(0, toast);
        await Again(toast);
    }

    public Task Again(Toast toast) => toast.Sent = toast.Each.Count == 0 ? Send(toast) : SendAll(toast);

    public async Task Undo(Toast toast)
    {
        if (toast.Undoable is null || !_toasts.Remove(toast)) return;
        await TakeBack(toast);
    }

    /// <summary>
    /// Asks whether to undo the last tap. Its answer may still be on its way while the board shows it already; then it is waited for.
    /// To undo the tap before it would not be what anybody means.
    /// </summary>
    public void AskUndoLast()
    {
        if (_toasts.Find(t => t.Undoable is not null || (t.State == ToastState.Sending && t.Intent.CanBeUndone)) is not { } toast) return;
        _sheets.Open(new Sheet.Asked($"Undo: {toast.Intent.Says}?", "Undo it", async () =>
        {
            await toast.Sent;
            // It may have gone from the screen while it was asked.
            if (toast.Undoable is null) return;
            _toasts.Remove(toast);
            await TakeBack(toast);
        }));
    }

    /// <summary>Somebody looked at the alert: said quietly and once; what did not arrive is said again with the next look.</summary>
    public async Task See(Guid visit, Alert alert)
    {
        if (alert.SeenAt is not null || !_seen.Add(alert.Id)) return;
        if (await _api.Send(VisitCommands.See(visit, alert.Id), Guid.NewGuid(), CancellationToken.None) is Reply<CommandResult>.Unanswered)
            _seen.Remove(alert.Id);
    }

    /// <summary>Something was done outside of this desk, and is told like what was tapped here.</summary>
    public void Tell(Intent intent, CommandResult result)
    {
        var toast = new Toast(++_last, intent, result.CommandId);
        _toasts.Insert(0, toast);
        Answer(toast, result);
        Changed?.Invoke();
    }

    /// <summary>Something was done to a visit that is no tap of this desk's.</summary>
    public void Touch(Guid visit) => Answered?.Invoke(visit);

    public void Dismiss(Toast toast)
    {
        _toasts.Remove(toast);
        Held = false;
        Changed?.Invoke();
    }

    public void Dispose() => _ticker.Beat -= Age;

    private Task TakeBack(Toast toast) => toast.Each.Count == 0
        ? Do(Reversal(toast))
        : DoAll($"Taken back: {toast.Intent.Says}", [.. toast.Each.Where(each => each.Undoable is not null).Select(Reversal)]);

    private static Intent Reversal(Toast toast) =>
        toast.Intent.Reverse ?? Intent.Undo(toast.Intent.Visit, toast.Undoable.GetValueOrDefault(), toast.Intent.Says);

    private async Task SendAll(Toast toast)
    {
        (toast.State, toast.SecondsLeft) = (ToastState.Sending, null);
        foreach (var each in toast.Each)
            if (each.State != ToastState.Done) await Send(each);
        var worst = toast.Each.Max(each => each.State);
        toast.State = worst;
        toast.Undoable = toast.Each.Select(each => each.Undoable).FirstOrDefault(command => command is not null);
        toast.SecondsLeft = worst != ToastState.Done ? null : toast.Undoable is null ? ShortSeconds : UndoAllSeconds;
        Changed?.Invoke();
    }

    private async Task Send(Toast toast)
    {
        (toast.State, toast.SecondsLeft) = (ToastState.Sending, null);
        Changed?.Invoke();
        Reply<CommandResult> reply;
        var repeat = 0;
        do
        {
            if (repeat > 0) await Task.Delay(TimeSpan.FromMilliseconds(300 * repeat * repeat), _clock);
            reply = await _api.Send(toast.Intent.Command, toast.Key, CancellationToken.None);
        }
        while (reply is Reply<CommandResult>.Unanswered && ++repeat < Repeats);
        switch (reply)
        {
            case Reply<CommandResult>.Ok ok:
                Answer(toast, ok.Value);
                break;
            case Reply<CommandResult>.Refused refused:
                (toast.State, toast.Why) = (ToastState.Refused, refused.Why);
                Answered?.Invoke(toast.Intent.Visit);
                break;
            case Reply<CommandResult>.Unanswered unanswered:
                (toast.State, toast.Why) = (ToastState.Unanswered, unanswered.Why);
                break;
        }
        Changed?.Invoke();
    }

    private void Answer(Toast toast, CommandResult result)
    {
        var undoable = result.Outcome != Outcomes.Unchanged && toast.Intent.CanBeUndone;
        (toast.State, toast.Undoable, toast.SecondsLeft) =
            (ToastState.Done, undoable ? result.CommandId : null, undoable ? UndoSeconds : ShortSeconds);
        toast.Why = result.Says ?? (result.Outcome == Outcomes.Unchanged ? "It was so already; nothing has changed." : null);
        Answered?.Invoke(toast.Intent.Visit);
    }

    private void Age()
    {
        if (Held || _toasts.Count == 0) return;
        foreach (var toast in _toasts)
            if (toast.SecondsLeft is { } left) toast.SecondsLeft = left - 1;
        if (_toasts.RemoveAll(t => t.SecondsLeft <= 0) > 0) Changed?.Invoke();
    }
}
