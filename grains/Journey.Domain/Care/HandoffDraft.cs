using System.Globalization;
using Journey.Contracts.Care;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;

namespace Journey.Domain.Care;

/// <summary>
/// I-PASS as the visit itself would write it: whoever hands over edits it before they offer. How ill the patient is it does not say, whatever acuity
/// and alerts are: that is a judgement, and theirs.
/// </summary>
public static class HandoffDraft
{
    public static IPass Write(Visit visit, Policy policy, DateTimeOffset now)
    {
        var course = visit.Course;
        var care = course.Care;
        var open = visit.Alerts.Where(a => a is { IsOpen: true, IsShadow: false }).ToArray();
        var step = course.StepOn(policy.Pathway(course.Class));
        var summary = string.Join(", ", new[]
        {
            course.Class.ToString(), course.Service, course.Acuity is { } acuity ? $"acuity {acuity}" : "acuity not set",
            $"in step {step.Step} since {Time(step.At)}", course.ArrivedAt is { } arrived ? $"here since {Time(arrived)}" : null,
            course.Plan is { } plan ? $"{plan.Kind.ToString().ToLowerInvariant()} planned{(plan.To is { } to ? " to " + to.Unit : "")}" : null,
        }.Where(part => !string.IsNullOrEmpty(part)));
        return new IPass("", summary,
        [
            .. care.Questions.Where(CareState.IsOpen).Select(q => q.State == QuestionState.Answered
                ? $"Ask whether the answer satisfies ({q.Kind.ToString().ToLowerInvariant()} question): {q.Text}"
                : $"Answer ({q.Kind.ToString().ToLowerInvariant()} question){By(q.DueAt)}: {q.Text}"),
            .. care.Promises.Where(CareState.IsOpen).Select(p => $"Promised{By(p.DueAt)}: {p.What}"),
            .. care.Requests.Where(CareState.IsOpen).Select(r => $"{r.Kind}{By(r.DueAt)}{(r.What is { Length: > 0 } what ? ": " + what : "")}"),
            .. open.Select(a => $"Due: {policy.Rule(a.Rule)?.Says ?? a.Rule}{By(a.DueAt)}"),
        ],
        string.Join(" ", new[]
        {
            course.FamilyWaitingSince is { } waiting ? $"The family has been waiting for word since {Time(waiting)}." : null,
            Disclosure.IsHidden(visit) ? "A privacy lock is set: say to nobody that the patient is here." : null,
            care.OnHold ? "Bad news is pending: nothing goes to the family by itself." : null,
            care.CodeWordHash is not null ? "A code word is set." : null,
            care.Requests.FirstOrDefault(r => r.Kind == RequestKind.Interpreter && CareState.IsOpen(r)) is { } interpreter
                ? $"Interpreter asked for: {interpreter.What}."
                : null,
        }.Where(line => line is not null)));

        string Time(DateTimeOffset at) =>
            TimeZoneInfo.ConvertTime(at, policy.TimeZone).ToString(at.Date == now.Date ? "HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);
        string By(DateTimeOffset? at) => at is { } due ? " by " + Time(due) : "";
    }
}
