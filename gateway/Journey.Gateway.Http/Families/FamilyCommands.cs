using System.Net.Mail;
using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Contracts.Families;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Settings;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;
using Journey.Gateway.Http.Json;
using Journey.Gateway.Trust.Access;
using Journey.Gateway.Trust.Audit;
using Journey.Gateway.Trust.Guards;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Call = System.Func<Journey.Contracts.Visits.IVisitGrain, System.Threading.Tasks.Task<Journey.Contracts.Outcome>>;

namespace Journey.Gateway.Http.Families;

/// <summary>Contacts, code words, locks and updates: what staff do for families.</summary>
internal static class FamilyCommands
{
    /// <summary>Fewer are no telephone number anywhere; extensions of a house have three.</summary>
    private const int FewestDigits = 3;
    private const int Short = Api.Limits.Name;
    private const int Address = Api.Limits.EMail;
    private const int Reason = Api.Limits.Line;
    private const int About = Api.Limits.About;
    private const int LongText = Api.Limits.LongText;
    private const int LongestLanguage = Api.Limits.Language;
    private const int Ladder = Api.Limits.ContactOrder;

    public static void Map(RouteGroupBuilder visits)
    {
        var json = GatewayJson.Default;
        visits.MapCommand(Operation.KeepFamily, "{id}/family/contacts", json.ContactRequest, Contact);
        visits.MapCommand(Operation.KeepFamily, "{id}/family/contacts/{item}/remove", json.Nothing,
            (_, s) => visit => visit.RemoveContact(new(s.Id, s.By, s.Fields.Now, s.Item)), new());
        visits.MapCommand(Operation.KeepFamily, "{id}/family/contacts/{item}/revoke-links", json.Nothing,
            (_, s) => visit => visit.RevokeLinks(new(s.Id, s.By, s.Fields.Now, s.Item)), new());
        visits.MapPost("{id}/family/contacts/{item}/link", Link).Needs(Operation.KeepFamily).AuditedBeforehand()
            .WithSummary("Gives a contact a link to the family page. The answer is the only place that holds it.");
        visits.MapCommand(Operation.KeepFamily, "{id}/family/code-word", json.CodeWordRequest, CodeWord);
        visits.MapPost("{id}/family/code-word/check", Check).Needs(Operation.CheckCodeWord).AuditedBeforehand(AuditAction.Disclose)
            .WithSummary("Checks the code word of whoever is on the telephone. Too many wrong ones lock it for a while.");
        visits.MapCommand(Operation.KeepFamily, "{id}/family/locks", json.LockRequest, Lock);
        visits.MapCommand(Operation.KeepFamily, "{id}/family/hold", json.HoldRequest, Hold);
        visits.MapCommand(Operation.TellFamily, "{id}/family/updates", json.UpdateRequest, Update, audit: AuditAction.Disclose);
        visits.MapCommand(Operation.TellFamily, "{id}/family/updates/{item}/recall", json.Nothing,
            (_, s) => visit => visit.RecallUpdate(new(s.Id, s.By, s.Fields.Now, s.Item)), new());
    }

    /// <summary>That a family waits, and that it was told.</summary>
    public static void MapTelling(RouteGroupBuilder visits)
    {
        var json = GatewayJson.Default;
        visits.MapCommand(Operation.TellFamily, "{id}/family/waiting", json.FamilyWaitingRequest, Waiting, new());
        visits.MapCommand(Operation.TellFamily, "{id}/family/told", json.FamilyToldRequest, Told, new(), audit: AuditAction.Disclose);
    }

    private static Call Waiting(Api.FamilyWaitingRequest request, Sender sender)
    {
        var at = sender.Fields.Occurred(request.OccurredAt);
        var who = sender.Fields.Text("who", request.Who, Short);
        return visit => visit.FamilyWaits(new(sender.Id, sender.By, at, who));
    }

    private static Call Told(Api.FamilyToldRequest request, Sender sender)
    {
        var fields = sender.Fields;
        var at = fields.Occurred(request.OccurredAt);
        var (who, about) = (fields.Text("who", request.Who, Short), fields.Text("about", request.About, About));
        var nextBy = fields.Expected("nextBy", request.NextBy);
        var topics = (request.Topics ?? []).Select(WireName<Topic>.Read).ToArray();
        if (topics.Contains(null)) fields.Wrong("topics", $"Of {WireName<Topic>.Choices}.");
        var language = fields.Text("language", request.Language, LongestLanguage);
        var telling = topics.Length == 0 && language is null && request is { TeachBack: null, Contact: null, Interpreter: false }
            ? null
            : new Telling([.. topics.Select(t => t.GetValueOrDefault())], language, request.TeachBack, request.Contact, request.Interpreter);
        return visit => visit.TellFamily(new(sender.Id, sender.By, at, who, about, nextBy, telling));
    }

    private static Call Contact(Api.ContactRequest request, Sender sender)
    {
        var fields = sender.Fields;
        if (request.Order is < 1 or > Ladder) fields.Wrong("order", $"1 to {Ladder}.");
        var email = fields.Text("email", request.Email, Address);
        if (email is not null && !MailAddress.TryCreate(email, out _)) fields.Wrong("email", "Not an e-mail address.");
        var phone = fields.Text("phone", request.Phone, Short);
        if (phone is not null && phone.Count(char.IsAsciiDigit) < FewestDigits || phone is not null
            && !phone.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or ' ' or '(' or ')' or '/')) fields.Wrong("phone", "Not a telephone number.");
        var card = new ContactCard(
            request.Id ?? NameBasedGuid.Create(sender.Id.Value, "contact"), fields.Required("name", request.Name, Short),
            fields.Text("relation", request.Relation, Short), request.Order,
            fields.Text("language", request.Language, Short), email, phone, fields.Choice<Consent>("consent", request.Consent), request.Spokesperson,
            request.NeedsInterpreter);
        return visit => visit.SetContact(new(sender.Id, sender.By, fields.Now, card));
    }

    private static Call CodeWord(Api.CodeWordRequest request, Sender sender)
    {
        var word = sender.Fields.Text("word", request.Word, Short);
        return visit => visit.SetCodeWord(new(sender.Id, sender.By, sender.Fields.Now, word));
    }

    private static Call Lock(Api.LockRequest request, Sender sender)
    {
        var which = sender.Fields.Choice<PrivacyLock>("lock", request.Lock);
        var reason = sender.Fields.Text("reason", request.Reason, Reason);
        var on = sender.Fields.YesOrNo("on", request.On);
        return visit => visit.SetLock(new(sender.Id, sender.By, sender.Fields.Now, which, on, reason));
    }

    private static Call Hold(Api.HoldRequest request, Sender sender)
    {
        var reason = sender.Fields.Text("reason", request.Reason, Reason);
        var on = sender.Fields.YesOrNo("on", request.On);
        return visit => visit.SetHold(new(sender.Id, sender.By, sender.Fields.Now, on, reason));
    }

    private static Call Update(Api.UpdateRequest request, Sender sender)
    {
        var fields = sender.Fields;
        var (template, text, nextBy) =
            (fields.Text("template", request.Template, Short), fields.Text("text", request.Text, LongText), fields
                .Expected("nextBy", request.NextBy));
        if (template is null == text is null) fields.Wrong("text", "Either a template or a text.");
        return visit => visit.SendUpdate(new(sender.Id, sender.By, fields.Now, template, text, nextBy));
    }

    private static async Task<Results<Ok<Api.FamilyLink>, ProblemHttpResult>> Link(
        string id, string item, HttpContext http, JourneyCluster cluster, IOptions<GatewayOptions> options, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (!Guid.TryParse(id, out var visit)) return Problem.VisitUnknown();
        if (!Guid.TryParse(item, out var contact)) return Problem.Create(404, RefusalCodes.ContactUnknown, "No such contact on this visit.");
        var link = await cluster.Call(() => FamilyLink.New(visit, cluster.FamilyLinks), cancellation);
        var command = new IssueLink(Idempotency.Fresh, ActingStaff.From(http), clock.GetUtcNow(), contact, link.SecretHash);
        await AuditNote.Change(http, visit, command.Id);
        var outcome = await cluster.Call(() => cluster.Visit(visit).IssueLink(command), cancellation);
        return outcome.Refusal is { } refusal
            ? Problem.Refused(refusal)
            : TypedResults.Ok(new Api.FamilyLink(FamilyHost.AddressOf(options.Value, FamilyLink.Page) + "#" + link.Token, command.Id.Value));
    }

    private static async Task<Results<Ok<Api.CodeWordAnswer>, ProblemHttpResult>> Check(
        string id, Body<Api.CodeWordCheckRequest> body, HttpContext http, JourneyCluster cluster, TimeProvider clock, CancellationToken cancellation)
    {
        var request = body.Request;
        if (!Guid.TryParse(id, out var visit)) return Problem.VisitUnknown();
        var fields = new Fields(clock.GetUtcNow());
        var word = fields.Required("word", request.Word, Short);
        if (fields.Errors.Count > 0) return Problem.Invalid(fields.Errors);
        var (command, by) = (Idempotency.Fresh, ActingStaff.From(http));
        await AuditNote.Change(http, visit, command);
        var answer = await cluster.Call(() => cluster.Visit(visit).CheckCodeWord(command, by, request.Contact, word), cancellation);
        return answer.Result == CodeWordCheck.Unknown
            ? Problem.VisitUnknown()
            : TypedResults.Ok(new Api.CodeWordAnswer(WireName<CodeWordCheck>.Dashed(answer.Result), WireName<Consent>.Dashed(answer.MayHear),
                answer.LockedUntil));
    }
}
