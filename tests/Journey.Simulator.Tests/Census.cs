using Journey.Simulator.Model;

namespace Journey.Simulator.Tests;

/// <summary>Who lies where, told by the messages alone and without a look at how the hospital keeps its beds.</summary>
internal sealed class Census
{
    private readonly Dictionary<string, FloorBed> _places = [];
    private readonly Dictionary<FloorBed, string> _beds = [];
    private readonly Dictionary<string, string> _patients = [];
    private readonly HashSet<string> _expected = [];
    private readonly Dictionary<FloorBed, BedState> _states = [];

    public int Discharged { get; private set; }

    public int In(string unit) => _places.Values.Count(p => p.Unit == unit);

    public void Read(HospitalEvent e)
    {
        switch (e)
        {
            case AdtSent adt:
                Read(adt);
                break;
            case BedSent bed:
                if (bed.State is BedState.Clean or BedState.Closed)
                    Assert.False(_beds.ContainsKey(bed.Bed), $"{bed.Bed} is {bed.State} under a patient (event {e.Sequence})");
                _states[bed.Bed] = bed.State;
                break;
            case StaffEntered entry:
                Assert.True(_places.ContainsKey(entry.VisitNumber), $"{entry.Act} on {entry.VisitNumber}, who is not here (event {e.Sequence})");
                break;
            case OrderSent order:
                Assert.Equal(_places[order.Visit.Number], order.Visit.Location);
                break;
        }
    }

    private void Read(AdtSent e)
    {
        if (e.PriorNumber is { } prior)
        {
            var visit = Assert.Single(_patients, p => p.Value == prior).Key;
            _patients[visit] = e.Person.Number;
            return;
        }

        if (e.Visit is not { } v) return;
        var present = _places.ContainsKey(v.Number);
        switch (e.Trigger)
        {
            case "A05":
                Assert.False(present);
                Assert.True(_expected.Add(v.Number));
                return;
            case "A38":
                Assert.True(_expected.Remove(v.Number), $"{v.Number} was not expected");
                return;
            case "A04":
            case "A01" when !present:
                _expected.Remove(v.Number);
                Assert.DoesNotContain(_patients, p => p.Value == e.Person.Number);
                _patients[v.Number] = e.Person.Number;
                break;
            case "A13":
                Assert.False(present);
                _patients[v.Number] = e.Person.Number;
                break;
            case "A17":
                Leave(v.Number);
                Leave(e.Other!.Value.Visit.Number);
                Lie(e.Other.Value.Visit.Number, e.Other.Value.Visit.Location!, e);
                break;
            default:
                Assert.True(present, $"{e.Trigger} on {v.Number}, who is not here (event {e.Sequence})");
                Assert.Equal(_patients[v.Number], e.Person.Number);
                break;
        }

        if (e.Trigger is not ("A01" or "A02" or "A04" or "A12" or "A13" or "A17" or "A03" or "A11")) Assert.Equal(_places[v.Number], v.Location);
        if (e.Trigger == "A02") Assert.Equal(_places[v.Number], v.PriorLocation);
        Leave(v.Number);
        if (e.Trigger is "A03" or "A11")
        {
            _patients.Remove(v.Number);
            Discharged++;
        }
        else
        {
            Lie(v.Number, v.Location!, e);
        }
    }

    private void Leave(string visit)
    {
        if (_places.Remove(visit, out var place) && place.IsBed) Assert.True(_beds.Remove(place));
    }

    private void Lie(string visit, FloorBed place, AdtSent e)
    {
        _places[visit] = place;
        if (!place.IsBed) return;
        Assert.Contains(place, DemoFloor.Units.SelectMany(u => u.Beds));
        Assert.True(_beds.TryAdd(place, visit),
            $"{place} has {_beds.GetValueOrDefault(place)} already when {visit} comes ({e.Trigger}, event {e.Sequence})");
        if (e.Trigger is "A02" or "A04" && e.Visit!.Location == place) Assert.NotEqual(BedState.Dirty, _states.GetValueOrDefault(place));
    }
}
