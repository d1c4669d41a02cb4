using System.Text;
using System.Text.Encodings.Web;

namespace Journey.Standalone.Identity;

/// <summary>One tap picks a person. Plain HTML, without a script.</summary>
internal static class SignInPage
{
    /// <param name="request">What the request to sign in said: it is said again with the person.</param>
    public static string Render(DevPeople people, IEnumerable<(string Name, string? Value)> request)
    {
        var text = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in – Journey</title>
            <link rel="stylesheet" href="/css/tokens.css"><link rel="stylesheet" href="/css/base.css"><link rel="stylesheet" href="/css/signin.css"></head>
            <body class="signin"><main><h1>Who are you?</h1>
            <p class="hint">Development: these people are invented, and picking one signs in. A hospital’s own sign-in stands here otherwise.</p>
            <form method="post" action="/identity/authorize"><ul>
            """);
        foreach (var person in people.All)
            text.Append(
                $"""<li><button name="person" value="{Html(person.Id)}"><b>{Html(person.Name)}</b><span>{Html(person.Title)}</span></button></li>""");
        text.Append("</ul>");
        foreach (var (name, value) in request) text.Append($"""<input type="hidden" name="{Html(name)}" value="{Html(value ?? "")}">""");
        return text.Append("</form></main></body></html>").ToString();
    }

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);
}
