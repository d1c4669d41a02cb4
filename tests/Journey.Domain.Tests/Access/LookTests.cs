using System.Collections.Immutable;
using CsCheck;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Access;
using Journey.Domain.Policies;

namespace Journey.Domain.Tests.Access;

/// <summary>Given what somebody looked at, when they look again, then this is found.</summary>
public sealed class LookTests
{
    private static readonly Policy Policy =
        new()
        {
            Snooping = new()
            {
                Patients = new Dictionary<Role, int> { [Role.Nurse] = 6, [Role.ChargeNurse] = 20 }.ToImmutableDictionary(),
                Searches = 3
            }
        };
    private static readonly DateTimeOffset Morning = new(2031, 3, 14, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void More_patients_in_a_shift_than_is_usual_for_the_role_are_found_once_and_again_at_their_double()
    {
        var person = new Somebody();
        Assert.Empty(person.Opens(6));
        var finding = Assert.Single(person.Opens(1));
        Assert.Equal((FindingRule.Volume, 7, 6, null), (finding.Rule, finding.Count, finding.Usual, finding.Visit));
        Assert.Empty(person.Opens(6));
        var grown = Assert.Single(person.Opens(1));
        Assert.Equal((finding.Id, 14), (grown.Id, grown.Count));
    }

    [Fact]
    public void Whom_somebody_has_a_part_in_and_who_is_opened_again_is_not_counted()
    {
        var person = new Somebody();
        Assert.Empty(person.Opens(50, LookSigns.HasPart));
        Assert.Empty(person.Opens(50, LookSigns.InCharge));
        var same = Guid.NewGuid();
        for (var n = 0; n < 50; n++) Assert.Empty(person.Does(new Look(Guid.NewGuid(), LookKind.Opened, person.Now, Guid.NewGuid(), same)));
    }

    [Fact]
    public void Of_several_roles_the_one_that_opens_most_counts()
    {
        var person = new Somebody { Roles = [Role.Nurse, Role.ChargeNurse] };
        Assert.Empty(person.Opens(20));
        Assert.Equal(20, Assert.Single(person.Opens(1)).Usual);
    }

    [Fact]
    public void Another_shift_begins_anew()
    {
        var person = new Somebody();
        Assert.Empty(person.Opens(6));
        person.Now = Morning.AddHours(16);
        Assert.Empty(person.Opens(6));
        Assert.Single(person.Opens(1));
    }

    [Theory]
    // Five shifts of 2: three times that is 6, which is what the role may. Of 1 it is 3, the half; of 9 it would be 27, more than twice what the role
    // may.
    [InlineData(2, 6), InlineData(1, 3), InlineData(9, 12)]
    public void After_five_shifts_their_own_usual_counts_within_half_and_twice_the_roles(int each, int usual)
    {
        var person = new Somebody();
        for (var day = 0; day < LookDecider.FewestShifts; day++)
        {
            person.Now = Morning.AddDays(day);
            person.Opens(each);
        }

        person.Now = Morning.AddDays(9);
        Assert.Empty(person.Opens(usual));
        Assert.Equal(usual, Assert.Single(person.Opens(1)).Usual);
    }

    [Theory]
    [InlineData(LookSigns.SameSurname, FindingRule.SameSurname)]
    [InlineData(LookSigns.OwnRecord | LookSigns.SameSurname, FindingRule.OwnRecord)]
    [InlineData(LookSigns.OwnRecord | LookSigns.HasPart, FindingRule.OwnRecord)]
    [InlineData(LookSigns.Hidden, FindingRule.Hidden)]
    [InlineData(LookSigns.Hidden | LookSigns.ByGlass, FindingRule.Hidden)]
    public void What_stands_out_is_found_once_for_each_visit(LookSigns signs, FindingRule rule)
    {
        var (person, visit) = (new Somebody(), Guid.NewGuid());
        var finding = Assert.Single(person.Does(Opened(person, visit, signs)));
        Assert.Equal((rule, visit, "ED", person.By), (finding.Rule, finding.Visit, finding.Unit, finding.By));
        Assert.Empty(person.Does(Opened(person, visit, signs)));
        Assert.Single(person.Does(Opened(person, Guid.NewGuid(), signs)));
    }

    [Theory]
    [InlineData(LookSigns.SameSurname | LookSigns.HasPart), InlineData(LookSigns.SameSurname | LookSigns.InCharge),
        InlineData(LookSigns.Hidden | LookSigns.HasPart), InlineData(LookSigns.Hidden | LookSigns.InCharge), InlineData(LookSigns.None)]
    public void Whoever_has_a_part_or_the_unit_is_asked_nothing(LookSigns signs) =>
        Assert.Empty(new Somebody() is var person ? person.Does(Opened(person, Guid.NewGuid(), signs)) : []);

    [Theory]
    [InlineData(8, LookSigns.None, true), InlineData(8, LookSigns.InCharge, true), InlineData(6, LookSigns.None, false),
        InlineData(8, LookSigns.HasPart, false), InlineData(99, LookSigns.ByGlass, false)]
    public void A_visit_that_ended_long_ago_is_nobodys_who_had_no_part(int days, LookSigns signs, bool isFound)
    {
        var person = new Somebody();
        var found = person.Does(Opened(person, Guid.NewGuid(), signs) with { EndedAt = person.Now.AddDays(-days) });
        Assert.Equal(isFound ? [FindingRule.AfterCare] : [], found.Select(f => f.Rule));
    }

    [Fact]
    public void A_glass_that_was_broken_to_look_stands_on_the_list_after_its_time()
    {
        var (person, visit) = (new Somebody(), Guid.NewGuid());
        var finding = Assert.Single(person.Does(new Look(Guid.NewGuid(), LookKind.BrokeGlass, person.Now, visit)));
        Assert.Equal((FindingRule.GlassUnused, Morning.AddHours(1)), (finding.Rule, finding.StandsFrom));
        person.Now = Morning.AddMinutes(30);
        Assert.Empty(person.Does(Opened(person, visit, LookSigns.ByGlass)));
        Assert.False(person.Book.Find(finding.Id)!.IsSettled);
    }

    [Theory]
    [InlineData(59, true, true), InlineData(59, false, false), InlineData(61, true, false)]
    public void Whoever_does_something_in_the_visit_in_time_broke_it_for_that(int minutes, bool there, bool isSettled)
    {
        var (person, visit) = (new Somebody(), Guid.NewGuid());
        var finding = Assert.Single(person.Does(new Look(Guid.NewGuid(), LookKind.BrokeGlass, person.Now, visit)));
        person.Now = Morning.AddMinutes(minutes);
        person.Does(new Look(Guid.NewGuid(), LookKind.Did, person.Now, there ? visit : Guid.NewGuid()));
        Assert.Equal(isSettled, person.Book.Find(finding.Id)!.IsSettled);
    }

    [Fact]
    public void Searches_that_open_nobody_are_browsing_unless_somebody_is_found_soon()
    {
        var person = new Somebody();
        Assert.Empty(person.Searches(2));
        var finding = Assert.Single(person.Searches(1));
        Assert.Equal((FindingRule.Browsing, 3, person.Now + LookDecider.StillLooking), (finding.Rule, finding.Count, finding.StandsFrom));
        person.Now += TimeSpan.FromMinutes(9);
        person.Opens(1);
        Assert.True(person.Book.Find(finding.Id)!.IsSettled);
        Assert.Empty(person.Searches(2));
    }

    [Fact]
    public void Whoever_goes_on_browsing_is_told_of_again_at_the_double_and_stands_where_they_stood()
    {
        var person = new Somebody();
        var finding = Assert.Single(person.Searches(3));
        var grown = Assert.Single(person.Searches(3));
        Assert.Equal((finding.Id, 6, finding.StandsFrom), (grown.Id, grown.Count, grown.StandsFrom));
    }

    [Fact]
    public void What_is_typed_letter_by_letter_is_one_search()
    {
        var person = new Somebody();
        for (var letter = 0; letter < 40; letter++, person.Now += TimeSpan.FromSeconds(1))
            Assert.Empty(person.Does(new Look(Guid.NewGuid(), LookKind.Searched, person.Now)));
        Assert.Equal(1, person.Book.Searches!.Count);
    }

    [Fact]
    public void A_rule_that_the_house_does_without_finds_nothing()
    {
        var person = new Somebody { Policy = Policy with { Snooping = Policy.Snooping with { Without = [FindingRule.SameSurname] } } };
        Assert.Empty(person.Does(Opened(person, Guid.NewGuid(), LookSigns.SameSurname)));
        Assert.Single(person.Does(Opened(person, Guid.NewGuid(), LookSigns.Hidden)));
    }

    [Fact]
    public void The_book_is_carried_into_another_week_as_it_is()
    {
        var person = new Somebody();
        person.Does(new Look(Guid.NewGuid(), LookKind.BrokeGlass, person.Now, Guid.NewGuid()));
        person.Opens(5);
        person.Searches(2);
        var carried = LookEvent.Codec.Read(LookEvent.Codec.Write(person.By, [new LooksCarried(person.Book)])).Events
            .Aggregate(LookBook.Empty, (book, e) => book.Fold(e));
        Assert.Equal(Text(person.Book), Text(carried));
    }

    private static readonly Gen<Look> Looks = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3000], Gen.Int[0, 12], Gen.Int[0, 63], Gen.Int[-20, 20])
        .Select((kind, minute, whom, signs, ended) => new Look(
        Id(minute * 100 + whom), (LookKind)kind, Morning.AddMinutes(minute), kind == 1 ? null : Id(whom), kind == 1
            ? null
            : Id(whom + 1000), "ED", (LookSigns)signs, ended < 0 ? Morning.AddDays(ended) : null));

    [Fact]
    public void Whatever_is_looked_at_and_however_it_is_cut_the_book_is_what_its_events_say_and_stays_small() =>
        Gen.Select(Looks.Array[1, 120], Gen.Int[1, 20]).Sample((looks, cut) =>
    {
        var (book, read) = (LookBook.Empty, LookBook.Empty);
        foreach (var part in looks.OrderBy(look => look.At).Chunk(cut))
        {
            var command = new NoteLooks(new(Guid.NewGuid()), Say.Nurse, "sub", [Role.Nurse], [.. part]);
            var events = LookDecider.Decide(book, command, Policy);
            Assert.Equal(events, LookDecider.Decide(book, command, Policy));
            book = events.Aggregate(book, (b, e) => b.Fold(e));
            read = LookEvent.Codec.Read(LookEvent.Codec.Write(Say.Nurse, events)).Events.Aggregate(read, (b, e) => b.Fold(e));
            Assert.All(events.OfType<FindingRaised>(),
                raised => Assert.True(raised.Finding.StandsFrom >= raised.Finding.At || raised.Finding.Count > 1));
        }

        Assert.Equal(Text(book), Text(read));
        Assert.Equal(book.Findings.Length, book.Findings.Select(f => f.Id).Distinct().Count());
        Assert.True(book.Usual.Length <= LookBook.RememberedShifts && book.Findings.Length <= LookBook.RememberedFindings);
        Assert.DoesNotContain(book.Findings, f => f.Rule == FindingRule.Volume && f.Count <= f.Usual);
    });

    [Fact]
    public void How_looks_are_cut_into_notes_changes_nothing() => Gen.Select(Looks.Array[1, 80], Gen.Int[1, 10]).Sample((looks, cut) =>
    {
        LookBook Told(IEnumerable<Look[]> parts) => parts.Aggregate(LookBook.Empty, (book, part) =>
            LookDecider.Decide(book, new NoteLooks(default, Say.Nurse, "sub", [Role.Nurse], [.. part]), Policy).Aggregate(book, (b, e) => b.Fold(e)));
        var inOrder = looks.OrderBy(look => look.At).ToArray();
        Assert.Equal(Text(Told([inOrder])), Text(Told(inOrder.Chunk(cut))));
    });

    private static string Text(LookBook book) =>
        System.Text.Encoding.UTF8.GetString(LookEvent.Codec.Write(Say.Nurse, [new LooksCarried(book with { Opened = [] })]))
        + string.Join(',', book.Opened.Order());

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    private static Look Opened(Somebody person, Guid visit, LookSigns signs) =>
        new(Guid.NewGuid(), LookKind.Opened, person.Now, visit, Guid.NewGuid(), "ED", signs);

    private sealed class Somebody
    {
        public Actor By { get; } = new("employee/7", "Nora Nurse");
        public ImmutableArray<Role> Roles { get; init; } = [Role.Nurse];
        public Policy Policy { get; init; } = LookTests.Policy;
        public DateTimeOffset Now { get; set; } = Morning;
        public LookBook Book { get; private set; } = LookBook.Empty;

        public Finding[] Does(params Look[] looks)
        {
            var events = LookDecider.Decide(Book, new NoteLooks(new(Guid.NewGuid()), By, "sub-7", Roles, [.. looks]), Policy);
            Book = events.Aggregate(Book, (book, e) => book.Fold(e));
            return [.. events.OfType<FindingRaised>().Select(raised => raised.Finding)];
        }

        public Finding[] Opens(int patients, LookSigns signs = LookSigns.None) =>
            Does([.. Enumerable.Range(0, patients)
                .Select(_ => new Look(Guid.NewGuid(), LookKind.Opened, Now, Guid.NewGuid(), Guid.NewGuid(), "ED", signs))]);

        public Finding[] Searches(int times)
        {
            var found = new List<Finding>();
            for (var n = 0; n < times; n++)
            {
                Now += TimeSpan.FromMinutes(1);
                found.AddRange(Does(new Look(Guid.NewGuid(), LookKind.Searched, Now)));
            }

            return [.. found];
        }
    }
}
