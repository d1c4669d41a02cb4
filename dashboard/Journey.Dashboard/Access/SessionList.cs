using Journey.Api;
using Journey.Client.Http;
using Journey.Client.Live;
using Journey.Dashboard.Commands;
using Microsoft.AspNetCore.Components;

namespace Journey.Dashboard.Access;

/// <summary>A page that lists open sessions, and reads them anew after anything was done to one.</summary>
public abstract class SessionList : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    [Inject] protected JourneyApi Api { get; set; } = null!;

    [Inject] protected StaffDesk Desk { get; set; } = null!;

    [Inject] protected ServerTime Time { get; set; } = null!;

    /// <summary>Null until known, and where they may not be.</summary>
    protected IReadOnlyList<OpenSession>? Sessions { get; private set; }

    protected DateTimeOffset? AsOf { get; private set; }

    protected string? Problem { get; private set; }

    /// <summary>The page is not theirs: nothing of it is shown but that.</summary>
    protected bool IsRefused { get; private set; }

    protected abstract Task<Reply<IReadOnlyList<OpenSession>>> Fetch(CancellationToken cancellation);

    protected override Task OnInitializedAsync()
    {
        Desk.Answered += OnAnswered;
        return Load();
    }

    public virtual void Dispose()
    {
        Desk.Answered -= OnAnswered;
        _stop.Cancel();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task Load()
    {
        switch (await Fetch(_stop.Token))
        {
            case Reply<IReadOnlyList<OpenSession>>.Ok ok: (Sessions, AsOf, Problem, IsRefused) = (ok.Value, Time.Now, null, false); break;
            case Reply<IReadOnlyList<OpenSession>>.Refused no: (Sessions, Problem, IsRefused) = (null, no.Why, true); break;
            case Reply<IReadOnlyList<OpenSession>>.Unanswered no: Problem = no.Why; break;
        }

        StateHasChanged();
    }

    /// <summary>What is done to sessions is of no visit.</summary>
    private void OnAnswered(Guid about)
    {
        if (about == Guid.Empty) _ = Load();
    }
}
