using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>Reads one ADT message.</summary>
internal sealed class AdtReading(Hl7Message message, FeedProfile feed, CommandId id, MessageKey key, EventTimes times, Findings findings)
{
    private readonly Identifiers _identifiers = new(message, feed, times);
    private readonly VisitReading _visits = new(feed, times, new(message, feed, times), findings);
    private readonly Actor _by = new("feed/" + feed.Name, feed.Name);
    private readonly List<FeedStep> _steps = [];
    private Hl7Error? _error;

    /// <summary>What the message says, in order; none for a trigger that means nothing to a journey.</summary>
    public ImmutableArray<FeedStep> Steps(string trigger, out Hl7Error? error)
    {
        var parts = PersonPart.AllIn(message);
        switch (trigger)
        {
            case "A17": Swap(parts); break;
            case "A20": BedStatus(); break;
            case "A28" or "A31" or "A48": PersonOnly(parts); break;
            case "A29": DeletePerson(parts); break;
            case "A18" or "A30" or "A34" or "A35" or "A36" or "A39" or "A40" or "A41" or "A42" or "A43" or "A44" or "A45" or "A46" or "A47" or "A49"
                or "A50" or "A51":
                Identities(parts, trigger);
                break;
            default:
                if (Meaning.ForTrigger(trigger) is { } meaning) OneVisit(parts, trigger, meaning);
                break;
        }

        error = _error;
        return _error is null ? [.. _steps] : [];
    }

    private void OneVisit(List<PersonPart> parts, string trigger, Meaning meaning)
    {
        if (Person(parts) is not { } part) return;
        if (meaning.NeedsNoVisit && _visits.IsNotAVisit(part))
        {
            About(part);
            return;
        }

        if (trigger is "A06" or "A07") RenumberBefore(part);
        if (trigger == "A14" && VisitReading.Number(part) is null) meaning = meaning with { Intent = VisitIntent.Expects };
        About(part, meaning.Intent, Command(part, trigger, meaning));
    }

    private void PersonOnly(List<PersonPart> parts)
    {
        if (Person(parts) is { } part) About(part);
    }

    private void DeletePerson(List<PersonPart> parts)
    {
        if (Person(parts) is { } part) _steps.Add(new DeletePerson(Facts(part), _by, times.Recorded()));
    }

    private void Swap(List<PersonPart> parts)
    {
        var halves = parts.Where(part => part.Pid.Exists).ToList();
        if (halves.Count != 2 || halves.Any(half => !half.Pv1.Exists))
        {
            Refuse(Hl7ErrorCode.SegmentSequence, new("PID", 2), "A bed swap needs two patients, each with PID and PV1.");
            return;
        }

        var swap = id.Derive("swap");
        foreach (var half in halves)
        {
            if (Person([half]) is null) return;
            var (command, message) = Next();
            About(half, VisitIntent.Continues, new SwapBed(command, _by, times.Occurred(), _visits.Details(half, "A17"), null, message, swap));
        }
    }

    private void BedStatus()
    {
        var npu = message["NPU"];
        if (!npu.Exists || feed.Place.Other(npu[1]) is not { } bed)
        {
            Refuse(Hl7ErrorCode.RequiredFieldMissing, new("NPU", 1, npu.Exists ? 1 : null), "A bed status needs NPU-1 (bed location).");
            return;
        }

        BedStatus? status = npu[2].Name.ToUpperInvariant() switch
        {
            "C" or "CLOSED" => Contracts.Boards.BedStatus.Closed,
            "H" or "HOUSEKEEPING" or "CLEANING" => Contracts.Boards.BedStatus.Cleaning,
            "K" or "CONTAMINATED" or "DIRTY" => Contracts.Boards.BedStatus.Dirty,
            "U" or "UNOCCUPIED" or "CLEAN" => Contracts.Boards.BedStatus.Clean,
            _ => null,
        };
        if (status is { } known) _steps.Add(new BedStatusChanged(bed, known, times.Occurred()));
    }

    /// <summary>Merges, moves and changes of numbers (HL7 chapter 3, "merge, move, change").</summary>
    private void Identities(List<PersonPart> parts, string trigger)
    {
        var found = parts.Where(part => part.Mrg.Exists).ToList();
        if (found.Count == 0)
        {
            Refuse(Hl7ErrorCode.SegmentSequence, new("MRG"), "The MRG segment is missing.");
            return;
        }

        foreach (var part in found)
        {
            if (Person([part]) is null) return;
            if (!_identifiers.Known(part).Value.HasValue)
            {
                Refuse(Hl7ErrorCode.RequiredFieldMissing, part.Pid.At(3), "PID-3 (patient identifier) is nobody's number.");
                return;
            }

            if (MovesPerson(trigger) && !_identifiers.Prior(part.Mrg, default).Value.HasValue)
            {
                Refuse(Hl7ErrorCode.RequiredFieldMissing, part.Mrg.At(1), "MRG-1 (prior patient identifier) is empty.");
                return;
            }

            Identity(part, trigger);
        }
    }

    private void Identity(PersonPart part, string trigger)
    {
        var facts = Facts(part);
        var at = times.Occurred();
        var survivor = _identifiers.Known(part);
        var prior = _identifiers.Prior(part.Mrg, survivor);
        var (fromVisit, toVisit) = (Said.Value(part.Mrg[5], Said.Identifier), Said.Value(part.Pv1[19], Said.Identifier));
        var (fromAccount, toAccount) = (Said.Value(part.Mrg[3], Said.Identifier), Said.Value(part.Pid[18], Said.Identifier));
        var (from, to, fromField, toField) = trigger switch
        {
            "A35" or "A36" or "A41" or "A44" or "A49" => (fromAccount, toAccount, part.Mrg[3], part.Pid[18]),
            "A51" when fromVisit is null || toVisit is null =>
                (fromVisit ?? Said.Value(part.Mrg[6], Said.Identifier), toVisit ?? Said.Value(part.Pv1[50], Said.Identifier), fromVisit is null
                    ? part.Mrg[6]
                    : part.Mrg[5], toVisit is null ? part.Pv1[50] : part.Pv1[19]),
            "A42" or "A45" or "A50" or "A51" => (fromVisit, toVisit, part.Mrg[5], part.Pv1[19]),
            _ => (null, null, default, default),
        };

        if (MovesPerson(trigger))
            foreach (var given in _identifiers.GivenUp(part.Mrg, survivor, facts))
                _steps.Add(new Merge(facts, given.Id, null, _by, at) { PriorEarlier = _identifiers.Earlier(given) });
        else if (MovesVisit(trigger) && prior.Value.HasValue && prior.Id != facts.Id && (from ?? to) is { } number)
            _steps.Add(new Merge(facts, prior.Id, number, _by, at)
            {
                PriorEarlier = _identifiers.Earlier(prior),
                NumberKey = _identifiers.NumberKey(from is null ? toField : fromField, number, prior), SaidAt = times.SaidAt
            });

        if (from is not null && to is not null && from != to) _steps.Add(Renumber(part, from, fromField, to, toField));
        if (_steps.Count == 0) About(part);
    }

    /// <summary>The whole person: merged (A18, A30, A34, A36, A39, A40), moved (A43) or given another identifier (A46, A47).</summary>
    private static bool MovesPerson(string trigger) => trigger is "A18" or "A30" or "A34" or "A36" or "A39" or "A40" or "A43" or "A46" or "A47";

    /// <summary>One account or visit, from one person to another; the prior person stays.</summary>
    private static bool MovesVisit(string trigger) => trigger is "A35" or "A41" or "A42" or "A44" or "A45";

    /// <summary>A change of class may come with another number for the same visit.</summary>
    private void RenumberBefore(PersonPart part)
    {
        if (!part.Mrg.Exists || VisitReading.Number(part) is not { } to) return;
        var visit = Said.Value(part.Mrg[5], Said.Identifier);
        var from = visit ?? (VisitReading.IsByAccount(part) ? Said.Value(part.Mrg[3], Said.Identifier) : null);
        if (from is not null && from != to) _steps.Add(Renumber(part, from, part.Mrg[visit is null ? 3 : 5], to, VisitReading.NumberField(part)));
    }

    private Renumber Renumber(PersonPart part, string from, Hl7Value fromField, string to, Hl7Value toField)
    {
        var person = _identifiers.Known(part);
        return new(Facts(part), from, to, _by, times.Occurred())
        {
            FromKey = _identifiers.NumberKey(fromField, from, person),
            ToKey = _identifiers.NumberKey(toField, to, person), SaidAt = times.SaidAt
        };
    }

    private FeedCommand Command(PersonPart part, string trigger, Meaning meaning)
    {
        var details = _visits.Details(part, trigger);
        var (command, message) = Next();
        var at = meaning.Act switch
        {
            VisitAct.Cancel => times.Recorded(),
            VisitAct.Discharge => times.Occurred(times.ReadVisitTimes(part.Pv1, isDeparture: true).Left),
            _ => times.Occurred(),
        };
        return meaning.Act switch
        {
            VisitAct.Expect => new Expect(command, _by, at, details, null, message),
            VisitAct.Arrive => new Arrive(command, _by, at, details, null, message),
            VisitAct.Admit => new Admit(command, _by, at, details, null, message),
            VisitAct.Transfer => new Transfer(command, _by, at, details, null, message),
            VisitAct.Discharge => new Discharge(command, _by, at, details, null, message),
            VisitAct.ChangeClass => new ChangeClass(command, _by, at, details, null, message),
            VisitAct.Update => new Update(command, _by, at, details, null, message),
            VisitAct.GoOut => new GoOut(command, _by, at, details, null, message),
            VisitAct.Reach => new Reach(command, _by, at, details, null, message),
            VisitAct.Plan => new Plan(command, _by, at, details, null, message, meaning.Plan),
            VisitAct.GoOnLeave => new GoOnLeave(command, _by, at, details, null, message),
            VisitAct.Return => new ReturnFromLeave(command, _by, at, details, null, message),
            VisitAct.Cancel => new Cancel(command, _by, at, details, null, message, meaning.Cancels, meaning.NamesCancelled ? times.Event : null),
            VisitAct.Delete => new Delete(command, _by, at, details, null, message),
            _ => throw new ArgumentOutOfRangeException(nameof(meaning)),
        };
    }

    /// <summary>Ids of the next step. The inbox holds a message once, so that a further step of it needs a place of its own.</summary>
    private (CommandId Command, MessageKey Message) Next()
    {
        if (_steps.Count == 0) return (id.Derive("0"), key);
        var step = _steps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (id.Derive(step), key with { MessageId = $"{key.MessageId}#{step}" });
    }

    private void About(PersonPart part, VisitIntent intent = VisitIntent.None, FeedCommand? command = null) =>
        _steps.Add(new About(Facts(part), intent, command is null ? null : command with { SaidAt = times.SaidAt, SentAt = times.MessageAt },
            times.Recorded()));

    private PatientFacts Facts(PersonPart part) => PersonReading.Facts(part, _identifiers.Known(part), _identifiers, feed);

    /// <summary>The first person of a message, if it can be told who it is.</summary>
    private PersonPart? Person(List<PersonPart> parts)
    {
        var part = parts.FirstOrDefault(part => part.Pid.Exists);
        if (part is null)
        {
            Refuse(Hl7ErrorCode.SegmentSequence, new("PID"), "The PID segment is missing.");
            return null;
        }

        var identifier = _identifiers.Known(part).Value;
        if (!identifier.HasValue && !part.Pid[3].HasValue)
            Refuse(Hl7ErrorCode.RequiredFieldMissing, part.Pid.At(3), "PID-3 (patient identifier) is empty.");
        else if (!identifier.HasValue && VisitReading.Number(part) is null)
            Refuse(Hl7ErrorCode.RequiredFieldMissing, part.Pid.At(3),
                "PID-3 (patient identifier) is nobody's number, and there is no visit number to know them by.");
        else if (identifier[1].Name.Length > Said.Identifier)
            Refuse(Hl7ErrorCode.ValueTooLong, part.Pid.At(3), "PID-3 (patient identifier) is too long.");
        else if (part.Pv1[19].Component(1).Name.Length > Said.Identifier)
            Refuse(Hl7ErrorCode.ValueTooLong, part.Pv1.At(19), "PV1-19 (visit number) is too long.");
        return _error is null ? part : null;
    }

    private void Refuse(Hl7ErrorCode code, Hl7Location at, string text) => _error ??= new(code, at, text);
}
