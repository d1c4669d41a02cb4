using System.Collections.Immutable;

namespace Journey.Simulator.Model;

/// <summary>
/// Names of people who do not exist. Given names are everyday ones of several languages; family names are made up, in the sound of the same language,
/// with letters beyond ASCII, so that a character set or a sort order that goes wrong is seen in the demo and not at a site.
/// </summary>
internal sealed class Names(Dice dice)
{
    private sealed record Culture(string Language, double Share, ImmutableArray<string> Female, ImmutableArray<string> Male,
        ImmutableArray<string> Family);

    private static readonly ImmutableArray<Culture> Cultures =
    [
        new("en", 0.42,
            ["Alice", "Marian", "Joan", "Grace", "Edith", "Holly", "Ruth", "Daisy", "Nora", "Tess", "Martha", "Ivy"],
            ["Arthur", "Miles", "Jonah", "Edwin", "Harvey", "Oscar", "Toby", "Walter", "Rufus", "Neil", "Clement", "Ralph"],
            ["Fernhollow", "Quillmarsh", "Thistledown", "Brackenbury-Vale", "Oatcroft", "Wickerstead", "O'Fennimore", "Larkmeadow", "Penhallowick",
             "Dunmarrow", "Ashwhistle", "Hobblethorpe", "Merriwick", "Cobblestane", "Tarnbeck", "Willowmere"]),
        new("es", 0.16,
            ["Lucía", "Inés", "Carmen", "Rosalía", "Pilar", "Elena", "Noemí", "Marisol"],
            ["Andrés", "Joaquín", "Tomás", "Iñigo", "Rafael", "Julián", "Matías", "Ramón"],
            ["Montelirio", "Piedraluna", "Fontanegra", "Olivarejo", "Peñablanquina", "Rioseña", "Castroluz", "Vallehermosillo", "Naranjuelo",
                "Campoverdino"]),
        new("de", 0.12,
            ["Käthe", "Ulrike", "Hannah", "Gisela", "Jördis", "Frieda", "Antje", "Lotte"],
            ["Jürgen", "Ansgar", "Götz", "Emil", "Matthias", "Rainer", "Björn", "Kaspar"],
            ["Apfelgrund", "Birkenstößer", "Mühlwinkel", "Königsteig", "Haselbrück", "Rübenacker", "Lindwurmer", "Silberbusch", "Wolkenrath",
                "Grünebart"]),
        new("pl", 0.08,
            ["Zofia", "Małgorzata", "Agnieszka", "Łucja", "Wanda", "Bożena"],
            ["Paweł", "Stanisław", "Grzegorz", "Tadeusz", "Łukasz", "Jerzy"],
            ["Brzozanek", "Wierzbołęk", "Jesionkiewicz-Las", "Gołąbrzeski", "Świetlikowicz", "Malinożak", "Dębowąs", "Kalinorski"]),
        new("ar", 0.07,
            ["Amal", "Layla", "Samira", "Huda", "Nadia", "Yasmin"],
            ["Karim", "Tariq", "Yusuf", "Samir", "Nabil", "Idris"],
            ["Al-Zaytunari", "Qamarawi", "Nakhlidis", "Ben Yasminour", "Wardanari", "El-Bahrouni-Sahl"]),
        new("yo", 0.06,
            ["Adéọlá", "Fọlákẹ́", "Títílayọ̀", "Yétúndé", "Bísí"],
            ["Ayọ̀délé", "Bábátúndé", "Olúmidé", "Kọ́ládé", "Ṣẹ́gun"],
            ["Adeláyọmi", "Ògúnrindá", "Olúwádarà", "Afọlátàn", "Ayédùnlọ́lá"]),
        new("vi", 0.05,
            ["Hương", "Thảo", "Mai", "Ngọc", "Lan"],
            ["Dũng", "Hải", "Minh", "Quang", "Sơn"],
            ["Trầmhoa", "Nguyệtlâm", "Phươngđình", "Lêsơn", "Vũtrúc"]),
        new("da", 0.04,
            ["Astrid", "Bodil", "Karen", "Søs", "Inger"],
            ["Åge", "Søren", "Rasmus", "Troels", "Jørn"],
            ["Havblåsen", "Bøgeskovgaard-Nørr", "Lyngstrømme", "Ærtemark", "Sandåløv"]),
    ];

    private static readonly ImmutableArray<string> Streets =
        ["Lantern Row", "Copper Lane", "Old Ferry Road", "Juniper Street", "Mill Steps", "Harbour Walk", "Orchard Close", "Station Parade",
            "Quarry Hill"];

    private static readonly ImmutableArray<string> Cities = ["Eastmarrow", "Upper Tarn", "Port Wicker", "Larkhaven", "St. Quill"];

    private static readonly ImmutableArray<(string Code, string Text, int Weight)> Relations =
        [("SPO", "spouse", 30), ("CHD", "child", 28), ("PAR", "parent", 18), ("SIB", "sibling", 12), ("DOM", "life partner", 8),
            ("FND", "friend", 4)];

    public PersonFacts Person(string number, DateOnly today, int? age = null)
    {
        var culture = PickCulture();
        var sex = dice.Chance(0.52) ? "F" : "M";
        return new PersonFacts(
            number, dice.Pick(culture.Family), dice.Pick(sex == "F" ? culture.Female : culture.Male), BirthDate(today, age ?? Age()), sex,
            culture.Language,
            $"{dice.Between(1, 180)} {dice.Pick(Streets)}", dice.Pick(Cities), Phone());
    }

    /// <summary>Somebody whose name is easily mistaken for another's who is here now.</summary>
    public PersonFacts Like(PersonFacts other, string number, DateOnly today)
    {
        var culture = Cultures.First(c => c.Language == other.Language);
        var given = (other.Sex == "F" ? culture.Female : culture.Male).Where(n => n != other.GivenName)
            .OrderByDescending(n => n[0] == other.GivenName[0]).ThenBy(n => n, StringComparer.Ordinal).First();
        return Person(number, today) with
        {
            FamilyName = other.FamilyName,
            GivenName = given,
            Sex = other.Sex,
            Language = other.Language,
            BirthDate = other.BirthDate.AddDays(dice.Between(-900, 900)),
        };
    }

    public ContactFacts Contact(PersonFacts of)
    {
        var culture = Cultures.First(c => c.Language == of.Language);
        var roll = dice.Between(1, Relations.Sum(r => r.Weight));
        var relation = Relations.First(r => (roll -= r.Weight) <= 0);
        return new ContactFacts(
            dice.Chance(0.7) ? of.FamilyName : dice.Pick(culture.Family), dice.Pick(dice.Chance(0.5) ? culture.Female : culture.Male),
            relation.Code, relation.Text, Phone());
    }

    public (string Street, string City, string Phone) Address() => ($"{dice.Between(1, 180)} {dice.Pick(Streets)}", dice.Pick(Cities), Phone());

    private Culture PickCulture()
    {
        var roll = dice.Unit() * Cultures.Sum(c => c.Share);
        return Cultures.First(c => (roll -= c.Share) <= 0 || c == Cultures[^1]);
    }

    private int Age() => dice.Unit() switch
    {
        < 0.08 => dice.Between(1, 15),
        < 0.45 => dice.Between(16, 49),
        < 0.75 => dice.Between(50, 74),
        _ => dice.Between(75, 97),
    };

    private DateOnly BirthDate(DateOnly today, int age) => today.AddYears(-age).AddDays(-dice.Between(0, 364));

    /// <summary>The block of numbers that is kept free for fiction.</summary>
    private string Phone() => $"555-01{dice.Between(0, 99):00}";
}
