using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>A visit while the story is told.</summary>
internal sealed class Visit(Pathway pathway, PersonFacts person, VisitFacts facts, Dice dice)
{
    private DateTimeOffset _lastOccurred;

    public Pathway Pathway { get; } = pathway;
    public PersonFacts Person { get; set; } = person;
    public VisitFacts Facts { get; set; } = facts;

    /// <summary>As whom the desks still know the patient, by a number that was given up; null when all of them have heard.</summary>
    public PersonFacts? CalledStill { get; set; }

    /// <summary>The number of the visit that an admission opens; null when the admission goes on with this one.</summary>
    public string? AdmittedAs { get; set; }
    public Dice Dice { get; } = dice;
    public ImmutableArray<ContactFacts> Contacts { get; set; } = [];
    public FamilyHabit Habit { get; set; }
    public BedSlot? Slot { get; set; }
    public int Acuity { get; set; } = 3;
    public StaffMember? Nurse { get; set; }
    public StaffMember? Physician { get; set; }

    /// <summary>Left for good: whatever still runs for this visit ends.</summary>
    public bool Gone { get; set; }

    /// <summary>Not at the bed for the moment: on leave, in imaging, discharged by mistake. Nobody rounds.</summary>
    public bool Away { get; set; }

    /// <summary>In a bed with no move under way: somebody else's plan may move the patient.</summary>
    public bool Settled { get; set; }

    /// <summary>Not gone, and not discharged by mistake just now: nothing can be entered for a visit that is closed.</summary>
    public bool OnTheBooks => !Gone && Facts.DischargedAt is null;

    public bool Present => !Gone && !Away && Facts.AdmittedAt is not null;

    /// <summary>When each trigger was last sent of this visit, for the messages that cancel it.</summary>
    public Dictionary<string, DateTimeOffset> LastOf { get; } = [];

    /// <summary>The stay began in the emergency department and has not left it.</summary>
    public bool InEmergency => Facts.Location?.Unit == DemoFloor.Emergency.Code;

    /// <summary>What happens to one patient happens in order, however late it is entered.</summary>
    public DateTimeOffset Occurs(DateTimeOffset at) => _lastOccurred = at > _lastOccurred ? at : _lastOccurred;

    public ImmutableArray<string> Concerns(VisitFacts? told)
    {
        var places = new[] { Facts.Location, told?.Location, told?.PriorLocation }.Where(p => p is { IsBed: true }).Select(p => p!.ToString())
            .Distinct();
        return [Person.Number, Facts.Number, .. places];
    }
}

/// <summary>How a family is kept informed.</summary>
internal enum FamilyHabit { NoFamily, Prompt, Late, Never }

/// <summary>A bed while the story is told.</summary>
internal sealed class BedSlot(FloorBed bed)
{
    public FloorBed Bed { get; } = bed;
    public BedState State { get; set; } = BedState.Clean;
    public Visit? Holder { get; set; }
    public Visit? PromisedTo { get; set; }
    public bool Free => State == BedState.Clean && Holder is null && PromisedTo is null;
}
