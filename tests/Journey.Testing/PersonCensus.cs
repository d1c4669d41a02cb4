using System.Globalization;

namespace Journey.Testing;

/// <summary>Where a person is, as the messages have it.</summary>
/// <param name="Left">How long the visit may still be silent before nobody believes that the person is there; negative when that is over.</param>
public sealed record Presence(string Person, string Unit, string? Room, string? Bed, TimeSpan Left)
{
    /// <summary>False: probably gone, and in no count.</summary>
    public bool IsCounted => Left >= TimeSpan.Zero;

    /// <summary>As two censuses are compared: a bed is the unit's, whatever its room is called.</summary>
    public override string ToString() => $"{Person} {Unit} {Bed ?? "-"}";
}

/// <summary>
/// Who is in the house and where, keyed by person and place: a naive replay of all that was heard, from the messages alone, with nothing of the
/// product's. Nothing is kept up to date: each question sorts all facts anew, so that the order in which they came cannot matter. A person is every
/// identifier of PID-3 with its whole authority, joined by repetitions and merges, and is in at most one place: where what happened last puts them.
/// </summary>
/// <param name="defaultUnit">Where a visit without a location stands.</param>
/// <param name="zone">Of times without an offset, where MSH-7 has none either.</param>
public sealed class PersonCensus(string defaultUnit, TimeZoneInfo zone)
{
    private static readonly TimeSpan AdmittedWithin = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(72);
    private readonly List<Fact> _facts = [];
    private readonly HashSet<string> _heard = [];
    private readonly Dictionary<string, string> _joined = [];

    /// <summary>When the latest of what was heard happened.</summary>
    public DateTimeOffset Latest => _facts.Count == 0 ? DateTimeOffset.MinValue : _facts.Max(fact => fact.Occurred);

    public void Apply(Plain message)
    {
        if (!_heard.Add(string.Join('|', message.Field("MSH", 3), message.Field("MSH", 4), message.Field("MSH", 10), message.Field("MSH", 9),
            message.Field("MSH", 7)))) return;
        var (people, visits, places) = (message.Segments("PID", 3), message.Segments("PV1", 19), message.Segments("PV1", 3));
        var sender = $"{message.Field("MSH", 3)}/{message.Field("MSH", 4)}";
        // Both identifiers of a merge; A17 is about two people, of whom each has a PID and a PV1.
        foreach (var ids in people.Select((person, i) => Identifiers(i == 0 ? $"{person}~{message.Field("MRG", 1)}" : person, sender))) Join(ids);
        var sent = Time(message.Field("MSH", 7), message) ?? DateTimeOffset.MinValue;
        var recorded = Time(message.Field("EVN", 2), message) ?? sent;
        for (var i = 0; i < people.Length; i++)
        {
            if (Identifiers(people[i], sender) is not [var person, ..]) continue;
            _facts.Add(new Fact(
                _facts.Count, message.Code == "ADT" ? message.Trigger : "", sender, person, i < visits.Length ? Number(visits[i]) : null,
                Time(message.Field("EVN", 6), message) ?? recorded, recorded, sent, i == 0 ? message.Part("PV1", 2, 1) : "",
                i < places.Length ? Place(places[i]) : null, i == 0
                    ? Place(message.Field("PV1", 42))
                    : null, Time(message.Field("PV1", 44), message)));
        }
    }

    /// <summary>One name for all identifiers of a person, after all merges so far.</summary>
    /// <param name="number">An identifier without its authority.</param>
    public string PersonOf(string number) =>
        _joined.Keys.Where(id => id.StartsWith(number + '|', StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault() is { } id
        ? Root(id)
        : number;

    /// <summary>Whose visit it is said to be; for rows that keep back who the person is.</summary>
    /// <param name="number">A visit number without its authority.</param>
    public string PersonOfVisit(string number) =>
        _facts.Where(fact => fact.IsAdt && fact.Number?.StartsWith(number + '|', StringComparison.Ordinal) == true)
        .MaxBy(fact => (fact.Recorded, fact.Sent, fact.Index)) is { } last ? Root(last.Person) : number;

    /// <summary>Those whom a unit's board counts, as <see cref="Presence.ToString"/> writes them, sorted.</summary>
    public string[] Counted(DateTimeOffset at) =>
        [.. At(at).Where(here => here.IsCounted).Select(here => here.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Where everybody is at a moment who has not left, those included who are probably gone.</summary>
    public IReadOnlyList<Presence> At(DateTimeOffset at)
    {
        // The order in which it was recorded: of two statements the later is the better informed.
        var known = _facts.Where(fact => fact.Occurred <= at).OrderBy(fact => fact.Recorded).ThenBy(fact => fact.Sent)
            .ThenBy(fact => fact.Index).ToArray();
        var all = Stays(known);
        foreach (var stay in all.Where(stay => stay.IsAdmission))
            foreach (var emergency in all.Where(other => other.IsEmergency && other.Person == stay.Person && other.Begins.Count > 0
                && Continues(other, stay)))
                emergency.EndBy(stay.Start);
        var places = new List<Presence>();
        foreach (var person in all.Where(stay => stay.Places.Count > 0).GroupBy(stay => stay.Person))
        {
            var stay = person.MaxBy(stay => (stay.Last.Fact.Occurred, stay.Last.Fact.Recorded, stay.Last.Fact.Sent, stay.Last.Fact.Index))!;
            if (stay.HasEnded) continue;
            var place = stay.PlaceNow ?? new(defaultUnit, null, null);
            places.Add(new(person.Key, place.Unit, place.Room, place.Bed, Until(stay, place) - at));
        }

        return places;
    }

    private List<Stay> Stays(Fact[] known)
    {
        var stays = new Dictionary<string, Stay>();
        var whose = new Dictionary<string, string>();
        // A visit number is one visit, of whomever it was last said to be: who it is turns out later, and was so before.
        foreach (var fact in _facts.Where(fact => fact is { Number: not null, IsAdt: true }).OrderBy(fact => fact.Recorded).ThenBy(fact => fact.Sent)
            .ThenBy(fact => fact.Index)) whose[fact.Number!] = Root(fact.Person);
        var begun = known.Where(fact => fact.Begins)
            .Select(fact => (Key: fact.Number ?? $"{Root(fact.Person)}@{fact.Occurred:o}", Person: fact.Number is null
                ? Root(fact.Person)
                : whose[fact.Number], fact.Occurred)).ToArray();
        foreach (var fact in known)
        {
            var person = Root(fact.Person);
            // Without a number it is the visit the person was in then.
            var key = fact.Number ?? (fact.Begins ? $"{person}@{fact.Occurred:o}"
                : begun.Where(begin => begin.Person == person && begin.Occurred <= fact.Occurred).OrderBy(begin => begin.Occurred)
                .LastOrDefault().Key ?? person);
            if (!stays.TryGetValue(key, out var stay)) stays.Add(key, stay = new Stay(whose.GetValueOrDefault(key, person)));
            stay.Apply(fact);
        }

        return [.. stays.Values];
    }

    /// <summary>Whether an admission is where an emergency visit went on: soon after its door, or into the bed that was planned.</summary>
    private static bool Continues(Stay emergency, Stay admission) =>
        emergency != admission && emergency.Start.Occurred <= admission.Start.Occurred && !emergency.HadEndedBefore(admission.Start)
        && (admission.Start.Occurred - emergency.Start.Occurred <= AdmittedWithin
            || (emergency.Planned is { } planned && planned == admission.Start.Place));

    private DateTimeOffset Until(Stay stay, Spot place)
    {
        var limit = stay.Class switch
        {
            ['E' or 'e', ..] => TimeSpan.FromHours(12),
            "OBS" => TimeSpan.FromHours(48),
            // Whoever has a bed on a ward is no outpatient, whatever a message calls them.
            "O" or "R" or "P" when place.Bed is null => EndOfDay(stay.HeardAt) - stay.HeardAt,
            _ => TimeSpan.FromDays(7),
        };
        return stay.HeardAt + limit;
    }

    private DateTimeOffset EndOfDay(DateTimeOffset at)
    {
        var midnight = TimeZoneInfo.ConvertTime(at, zone).Date.AddDays(1);
        return new(midnight, zone.GetUtcOffset(midnight));
    }

    private string Root(string id)
    {
        while (_joined.TryGetValue(id, out var into) && into != id) id = into;
        return id;
    }

    private void Join(string[] ids)
    {
        foreach (var id in ids) _joined.TryAdd(id, id);
        if (ids.Length == 0) return;
        var root = ids.Select(Root).Min(StringComparer.Ordinal)!;
        foreach (var other in ids.Select(Root).ToArray()) _joined[other] = root;
    }

    private static string[] Identifiers(string field, string sender) =>
        [.. field.Split('~').Select(repetition => repetition.Split('^')).Where(parts => parts[0].Trim() is not ("" or "\"\""))
            .Select(parts => $"{parts[0].Trim()}|{(parts.Length > 3 && parts[3].Length > 0 ? parts[3] : sender)}")];

    private static string? Number(string field) =>
        field.Split('^') is [{ Length: > 0 } number, .. var rest] && number != "\"\"" ? $"{number}|{(rest.Length > 2 ? rest[2] : "")}" : null;

    private static Spot? Place(string field)
    {
        var parts = field.Split('^').Select(part => part == "\"\"" || part.Length == 0 ? null : part.Trim()).ToArray();
        return parts[0] is { } unit ? new(unit, parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2)) : null;
    }

    /// <summary>HL7: without an offset a time has the message's, else the feed's zone.</summary>
    private DateTimeOffset? Time(string text, Plain message)
    {
        var offset = Offset(text) ?? Offset(message.Field("MSH", 7));
        var digits = new string([.. text.TakeWhile(char.IsAsciiDigit)]);
        if (digits.Length < 8 || !DateTime.TryParseExact(digits.PadRight(14, '0')[..14], "yyyyMMddHHmmss", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var local)) return null;
        return new(local, offset ?? zone.GetUtcOffset(local));
    }

    private static TimeSpan? Offset(string text) => text.IndexOfAny(['+', '-']) is > 0 and var at && text.Length >= at + 5
        ? (text[at] == '-' ? -1 : 1) * new TimeSpan(int.Parse(text.AsSpan(at + 1, 2), CultureInfo.InvariantCulture),
            int.Parse(text.AsSpan(at + 3, 2), CultureInfo.InvariantCulture), 0)
        : null;

    private sealed record Spot(string Unit, string? Room, string? Bed)
    {
        /// <summary>What an update says beyond this: what it leaves out is as it was, as long as it speaks of the same room.</summary>
        public Spot With(Spot said) => said.Unit != Unit || (said.Room is not null && said.Room != Room) ? said : new(Unit, Room, said.Bed ?? Bed);
    }

    private sealed record Fact(
        int Index, string Trigger, string Sender, string Person, string? Number, DateTimeOffset Occurred, DateTimeOffset Recorded,
        DateTimeOffset Sent,
        string Class, Spot? Place, Spot? Pending, DateTimeOffset? Began)
    {
        public bool IsAdt => Trigger.Length > 0;

        public bool Begins => Trigger is "A01" or "A04";
    }

    /// <summary>One visit, told in the order in which it was recorded.</summary>
    private sealed class Stay(string person)
    {
        private readonly List<(int Rank, Fact Fact)> _ends = [];
        private readonly List<(int Rank, Fact Fact)> _reopenings = [];
        private readonly Dictionary<string, Spot> _said = [];
        private Spot? _lastSaid;
        private Fact? _admittedElsewhere;
        private bool _isExpected;
        private int _rank;

        public string Person { get; } = person;
        public List<Fact> Begins { get; } = [];
        public List<(int Rank, Fact Fact, Spot? To)> Places { get; } = [];
        public DateTimeOffset HeardAt { get; private set; }
        public string Class { get; private set; } = "";
        public Spot? Planned { get; private set; }
        public Fact Start => Begins.MinBy(fact => fact.Occurred)!;
        public bool IsEmergency => Begins.Count > 0 && Start.Class is ['E' or 'e', ..];
        public bool IsAdmission => Begins.Count > 0 && Start.Class is "I" or "INPATIENT" or "OBS";
        public (int Rank, Fact Fact, Spot? To) Last => Placed[^1];
        public Spot? PlaceNow => Placed.LastOrDefault(place => place.To is not null).To;

        /// <summary>An end counts unless the visit began again, at or after it and recorded later.</summary>
        public bool HasEnded => _admittedElsewhere is not null || Counting.Any();

        private IEnumerable<Fact> Counting =>
            _ends.Where(end => !_reopenings.Any(again => again.Rank > end.Rank && again.Fact.Occurred >= end.Fact.Occurred)).Select(end => end.Fact);

        private List<(int Rank, Fact Fact, Spot? To)> Placed =>
            [.. Places.Where(place => _admittedElsewhere is not { } start || place.Fact.Occurred <= start.Occurred)
            .OrderBy(place => place.Fact.Occurred).ThenBy(place => place.Rank)];

        public bool HadEndedBefore(Fact moment) => Counting.Any(end => end.Occurred < moment.Occurred);

        public void EndBy(Fact admission) => _admittedElsewhere = admission;

        public void Apply(Fact fact)
        {
            _rank++;
            if (fact.Sent > HeardAt) HeardAt = fact.Sent;
            if (!fact.IsAdt) return;
            // Whose arrival never came is here by whatever is told of them, unless it was long ago and they had no bed for the night.
            var isTold = fact.Trigger is "A09" or "A10" or "A15" or "A16" or "A21" or "A22" || (fact.Trigger is "A08" or "A54" && !_isExpected);
            if (Places.Count == 0 && isTold && (fact.Class is "I" or "INPATIENT" or "OBS" || !(fact.Recorded - fact.Began > LongAgo)))
                Put(fact, fact.Place);
            if (fact.Class is not ("" or "N" or "U")) Class = fact.Class;
            switch (fact.Trigger)
            {
                case "A01" or "A04":
                    // A registration that is sent again says nothing new of the place.
                    if (Begins.Count == 0 || _ends.Count > 0 || fact.Trigger == "A01") Put(fact, fact.Place);
                    else Update(fact);
                    Begins.Add(fact);
                    _reopenings.Add((_rank, fact));
                    break;
                case "A02" or "A17":
                    Put(fact, fact.Place);
                    break;
                case "A13":
                    Put(fact, fact.Place);
                    _reopenings.Add((_rank, fact));
                    break;
                case "A12":
                    if (Places.FindLastIndex(place => place.Fact.Trigger == "A02") is >= 0 and var moved) Places.RemoveAt(moved);
                    Put(fact, fact.Place);
                    break;
                case "A06" or "A07" or "A08" or "A54":
                    Update(fact);
                    break;
                case "A03":
                    _ends.Add((_rank, fact));
                    break;
                case "A11" when Begins.Count > 0:
                    var undone = Begins[^1];
                    Begins.RemoveAt(Begins.Count - 1);
                    Places.RemoveAll(place => place.Fact == undone || Begins.Count == 0);
                    _reopenings.RemoveAll(again => again.Fact == undone);
                    if (Begins.Count > 0) Class = Begins[^1].Class;
                    break;
                case "A23" or "A29":
                    Begins.Clear();
                    Places.Clear();
                    break;
                case "A05":
                    _isExpected = true;
                    break;
                case "A14":
                    Planned = fact.Pending;
                    break;
                case "A27":
                    Planned = null;
                    break;
            }

            if (fact.Place is { } spot) _said[fact.Sender] = _lastSaid = _lastSaid?.With(spot) ?? spot;
        }

        private void Put(Fact fact, Spot? to) => Places.Add((_rank, fact, to));

        /// <summary>A place in an update counts only as a difference to what that sender said last.</summary>
        private void Update(Fact fact)
        {
            var before = _said.GetValueOrDefault(fact.Sender) ?? _lastSaid;
            if (fact.Place is { } spot && Places.Count > 0 && (before is null ? spot : before.With(spot)) is var now && now != before) Put(fact, now);
        }
    }
}
