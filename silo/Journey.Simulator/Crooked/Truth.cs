using System.Collections.Immutable;
using Journey.Simulator.Model;

namespace Journey.Simulator.Crooked;

/// <summary>Where a person really was.</summary>
/// <param name="Person">One name for a person, whatever numbers they had: the first of them.</param>
/// <param name="Until">Null as far as the story goes.</param>
public sealed record Whereabouts(string Person, DateTimeOffset From, DateTimeOffset? Until, FloorBed Place);

/// <summary>
/// Where everybody really was in a story: from its events and not from messages. What was entered by mistake and taken back never was.
/// </summary>
public sealed class Truth
{
    private readonly Dictionary<string, string> _persons = [];
    private readonly Dictionary<string, (string Number, List<(DateTimeOffset At, FloorBed? Place)> Places)> _visits = [];

    private Truth() { }

    public ImmutableArray<Whereabouts> All { get; private set; } = [];

    /// <summary>The person of a patient number, a retired one included.</summary>
    public string PersonOf(string number) => _persons.TryGetValue(number, out var earlier) && earlier != number ? PersonOf(earlier) : number;

    /// <summary>Who is in the house at a moment, and where.</summary>
    public IReadOnlyDictionary<string, FloorBed> At(DateTimeOffset at) =>
        All.Where(here => here.From <= at && (here.Until is not { } until || at < until)).ToDictionary(here => here.Person, here => here.Place);

    internal static Truth From(IEnumerable<HospitalEvent> story)
    {
        var truth = new Truth();
        foreach (var told in story.OfType<AdtSent>()) truth.Record(told);
        // By person: an admission may be a visit of its own, and then nothing ends the one before but where the person is next.
        foreach (var person in truth._visits.Values.GroupBy(visit => truth.PersonOf(visit.Number)))
        {
            var places = person.SelectMany(visit => visit.Places).OrderBy(place => place.At).ToArray();
            truth.All = truth.All.AddRange(places
                .Select((place, i) => (place.Place, From: place.At, Until: i + 1 < places.Length ? places[i + 1].At : (DateTimeOffset?)null))
                .Where(stay => stay.Place is not null).Select(stay => new Whereabouts(person.Key, stay.From, stay.Until, stay.Place!)));
        }

        return truth;
    }

    private void Record(AdtSent told)
    {
        _persons.TryAdd(told.Person.Number, told.Person.Number);
        if (told.PriorNumber is { } prior) _persons[told.Person.Number] = PersonOf(prior);
        if (told.Visit is not { } facts) return;
        if (!_visits.TryGetValue(facts.Number, out var visit)) visit.Places = [];
        // Whoever the visit was given to is who was there all the time.
        _visits[facts.Number] = visit with { Number = told.Person.Number };
        switch (told.Trigger)
        {
            case "A04" or "A01" or "A02":
                visit.Places.Add((told.OccurredAt, facts.Location));
                break;
            case "A17":
                visit.Places.Add((told.OccurredAt, facts.Location));
                _visits[told.Other!.Value.Visit.Number].Places.Add((told.OccurredAt, told.Other.Value.Visit.Location));
                break;
            case "A03":
                visit.Places.Add((told.OccurredAt, null));
                break;
            case "A12" or "A13":
                visit.Places.RemoveAt(visit.Places.Count - 1);
                break;
            case "A11":
                visit.Places.Clear();
                break;
        }
    }
}
