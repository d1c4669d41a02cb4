using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Journey.Api;
using Journey.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Journey.Dashboard.Shell;

/// <summary>Whether somebody is signed in. Nobody is: the page leaves for the sign-in, and comes back to where it was.</summary>
public sealed class Session(HttpClient http, Person person, NavigationManager navigation)
{
    private bool isLeaving;

    /// <summary>False when the page is left. A server that does not answer is no reason: the boards say so themselves.</summary>
    public async Task<bool> Begin()
    {
        try
        {
            using var answer = await http.GetAsync(Paths.Me);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                Leave();
                return false;
            }

            if (answer.IsSuccessStatusCode && await answer.Content.ReadFromJsonAsync(JourneyJson.Default.Me) is { SignIn: true } me) person.SignedIn(me);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException)
        {
        }

        return true;
    }

    /// <summary>The session has ended: nothing of a patient stays on the screen.</summary>
    public void Leave()
    {
        if (isLeaving) return;
        isLeaving = true;
        navigation.NavigateTo($"signin?returnUrl={Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri))}", forceLoad: true);
    }
}
