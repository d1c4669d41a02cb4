using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Live.Views;

/// <summary>The care of a visit as the public contract has it, for the desk.</summary>
internal static class CareViews
{
    public static Api.Care Care(CareView care, Audience audience) => new()
    {
        Questions = Each(care.Questions, Question),
        Promises = Each(care.Promises,
            p => new Api.Promise(p.Id, p.What, p.ToWhom, Name(p.By)!, p.Owner.Name, p.MadeAt, p.DueAt, WireName<PromiseState>.Dashed(p.State),
                p.SettledAt, p.Note, p.NextWord)),
        Requests = Each(care.Requests, r => new Api.CareRequest(
            r.Id, WireName<RequestKind>.Dashed(r.Kind), WireName<RequestState>.Dashed(r.State), Asker(r.For), r.What, r.Owner?.Name, r.MadeAt,
            r.DueAt, r.TakenAt, r.DoneAt, r.Outcome, r.TeachBack)),
        Handoffs = Each(care.Handoffs, handoff => Handoff(handoff, audience)),
        Told = Each(care.Told, t => new Api.Told(
            t.At, Name(t.By)!, t.Who, t.About, t.Telling is { } telling ? Each(telling.Topics, WireName<Topic>.Dashed) : [], t.Telling?.Language,
            t.Telling?.TeachBack, t.Telling?.Interpreter ?? false, t.NextBy)),
        Contacts = Each(care.Contacts, c => new Api.Contact(
            c.Id, c.Name, c.Relation, c.Order, c.Language, c.Email, c.Phone, WireName<Consent>.Dashed(c.Consent), c.Spokesperson, c.NeedsInterpreter,
            care.Linked.Contains(c.Id))),
        Updates = Each(care.Updates, Update),
        Rounds = !audience.IsClinical()
            ? []
            : Each(care.Rounds, r => new Api.Round(r.At, Name(r.By)!, r.Ps.Pain, r.Ps.Potty, r.Ps.Position, r.Ps.Possessions, r.Ps.Note)),
        Pulses = Each(care.Pulses, p => new Api.Pulse(p.At, Name(p.By)!, p.Score, p.Touchpoint, p.Remark)),
        Locks = Each(care.Locks, WireName<PrivacyLock>.Dashed),
        OnHold = care.OnHold,
        HasCodeWord = care.HasCodeWord,
        CodeWordLockedUntil = care.CodeWordLockedUntil,
        Prompts = Each(care.Prompts, p => new Api.Prompt(p.Key, p.Says, p.On)),
        Unreachable = Each(care.Unreachable, u => new Api.Unreachable(u.Contact, u.Why)),
        WaitingRoomCode = care.WaitingRoomCode,
    };

    public static Api.Owed Owed(OwedView owed) =>
        new(owed.Id, WireName<OwedKind>.Dashed(owed.Kind), owed.Detail, owed.State, RowViews.Name(owed.Owner), owed.Since, owed.DueAt);

    /// <summary>
    /// Who hands over to whom everybody may know; what is handed over, and what was read back or asked of it, is for those who look after the
    /// patient.
    /// </summary>
    public static Api.Handoff Handoff(HandoffView handoff, Audience audience) => new(
        handoff.Id, WireName<HandoffState>.Dashed(handoff.State), WireName<CareRole>.Dashed(handoff.Role), RowViews.Name(handoff.From),
        RowViews.Name(handoff.To), handoff.OfferedAt, handoff.Since,
        audience.IsClinical() && handoff.Content is { } content ? Content(content) : null, audience.IsClinical() ? handoff.Note : null);

    public static Api.HandoffContent Content(IPass content) =>
        new(content.Illness.Length == 0 ? null : content.Illness, content.Summary, Each(content.Actions, a => a), content.Awareness);

    private static Api.Question Question(QuestionView q) => new(
        q.Id, WireName<QuestionKind>.Dashed(q.Kind), WireName<QuestionState>.Dashed(q.State), Asker(q.Asker), q.Text, RowViews.Name(q.Owner),
        q.AskedAt, q.DueAt, q.Answer, Name(q.AnsweredBy),
        q.AnsweredAt, q.ClosedAt, Name(q.ConfirmedBy), q.Remark, q.Reopened);

    private static Api.FamilyUpdate Update(UpdateView u) => new(
        u.Id, u.Template, (u.Texts.FirstOrDefault(t => t.Language is "en" or "") ?? u.Texts.FirstOrDefault())?.Text
            ?? "", [.. u.Texts.Select(t => t.Language).Where(l => l.Length > 0)], Name(u.By)!,
        u.WrittenAt, u.LeavesAt, WireName<UpdateState>.Dashed(u.State),
        Each(u.Deliveries, d => new Api.Delivery(d.Contact, d.Channel, WireName<DeliveryState>.Dashed(d.State), d.Attempts, d.At,
            d.Why)
        { With = d.With }))
    { ToldAt = u.ToldAt };

    private static Api.Asker Asker(Asker asker) => new(WireName<AskerKind>.Dashed(asker.Kind), asker.Name, asker.Contact);

    private static string? Name(Actor? actor) => actor is null ? null : actor.Name ?? actor.Id;

    public static IReadOnlyList<TOut> Each<TIn, TOut>(ImmutableArray<TIn> items, Func<TIn, TOut> map) =>
        items.IsDefaultOrEmpty ? [] : [.. items.Select(map)];
}
