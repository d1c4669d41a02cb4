using System.Collections.Immutable;
using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Domain.Staff;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests;

/// <summary>Given commands, when a command, then events, a refusal or a row. Time is minutes after the door; ids count up.</summary>
internal sealed class Spec(Policy? policy = null)
{
    public static readonly DateTimeOffset Door = new(2031, 3, 14, 8, 0, 0, TimeSpan.FromHours(1));
    public static readonly VisitId Id = new(new Guid("aaaaaaaa-0000-5000-8000-000000000001"));

    /// <summary>The default policy, under which nobody is doubted for being silent: that has tests of its own.</summary>
    public static readonly Policy Patience =
        PolicyReader.Default with { DoubtAfter = PolicyReader.Default.DoubtAfter.Clear(), CloseAfter = PolicyReader.Default.CloseAfter.Clear() };
    private int _commands;

    /// <summary>But that a code word is hashed quickly: most stories have one, and none is about how slow that is.</summary>
    public Policy Policy { get; } = Quick(policy ?? Patience);

    /// <summary>Who is on duty, as far as the silo knows; settable, as shifts begin and end beside the visit.</summary>
    public Duty Duty { get; set; } = Duty.Unknown;
    public Visit Visit { get; private set; } = Visit.Unknown;
    public DateTimeOffset Now { get; private set; } = Door;
    public List<VisitCommit> Commits { get; } = [];
    public Decision Decision { get; private set; } = Decision.Nothing;

    /// <summary>The id of the last command.</summary>
    public CommandId Last { get; private set; }
    public Course Course => Visit.Course;
    public CareState Care => Visit.Course.Care;
    public VisitView View => VisitProjection.View(Id, Visit, Policy, Now);
    public VisitRow Row => VisitProjection.Row(Id, Visit, Policy);
    public DateTimeOffset? NextDeadline => VisitDecider.NextDeadline(Visit, Policy, Now, Duty);
    public string? Refused => Decision.Refusal?.Code;

    private static Policy Quick(Policy policy) => policy with { Family = policy.Family with { CodeWordIterations = 1 } };

    public static DateTimeOffset At(double minute) => Door.AddMinutes(minute);

    public static CommandId Command(int n) => new(new Guid(n, 0, 0, [0x80, 0, 0, 0, 0, 0, 0, 1]));

    /// <summary>Carries commands out, each when it occurred, or now when that is past.</summary>
    public Spec Given(params ReadOnlySpan<VisitCommand> given)
    {
        foreach (var command in given)
        {
            When(command);
            Assert.Null(Decision.Refusal);
        }

        return this;
    }

    public Spec When(VisitCommand command, double? recordedAt = null)
    {
        command = command.Id == default ? command with { Id = Command(++_commands) } : command;
        Now = recordedAt is { } at ? At(at) : command.OccurredAt > Now ? command.OccurredAt : Now;
        Last = command.Id;
        Decision = VisitDecider.Decide(Id, Visit, command, Policy, Now, Duty);
        Commit(command.Id, command.By, Decision.Events, Decision.Foreseen);
        return this;
    }

    /// <summary>Reviews the visit at a minute and answers with what began, worsened or ended.</summary>
    public ImmutableArray<VisitEvent> Review(double minute) => ReviewAt(At(minute));

    public ImmutableArray<VisitEvent> ReviewAt(DateTimeOffset now)
    {
        Now = now;
        var events = VisitDecider.Review(Id, Visit, Policy, now, Duty);
        Commit(Command(1_000_000 + ++_commands), Actor.System, events);
        return events;
    }

    /// <summary>Somebody gives a code word.</summary>
    public Spec Tries(bool right, double minute)
    {
        Now = At(minute);
        Commit(Command(1_000_000 + ++_commands), Say.Nurse, [FamilyDecider.Try(Visit, null, right, Policy, Now)]);
        return this;
    }

    public Alert? Open(string rule) => Visit.Alerts.SingleOrDefault(a => a.Rule == rule && a.IsOpen);

    /// <summary>Course and alerts as text: records that hold arrays do not compare by content.</summary>
    public static string Text(Visit visit) =>
        Text(visit.Course)
        + JsonSerializer.Serialize(visit with { Course = Course.Start, Entries = [], Commands = [], Version = 0, HeardAt = default });

    /// <summary>All but when it was last heard of: a message that takes something back is heard, too.</summary>
    public static string Text(Course course) => JsonSerializer.Serialize(course with { LastSignAt = null, PlaceSaid = null });

    private void Commit(CommandId id, Actor by, ImmutableArray<VisitEvent> events, Foreseen? foreseen = null)
    {
        if (events.IsEmpty) return;
        Commits.Add(new VisitCommit(Visit.Version + 1, id.Value, Now, by, events));
        Visit = VisitFold.Fold(Visit, Commits[^1], foreseen);
    }
}
