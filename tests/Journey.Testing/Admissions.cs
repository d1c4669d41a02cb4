using System.Globalization;
using System.Text;

namespace Journey.Testing;

/// <summary>
/// ADT messages of invented patients as a hospital's system sends them: each comes to an emergency department (A04), is updated (A08), goes to
/// a ward (A02), is updated again and leaves (A03). About 900 bytes each.
/// </summary>
/// <param name="run">Makes numbers of one run differ from another's.</param>
/// <param name="wards">How many wards there are; a bed is one of 24 of its ward.</param>
public sealed class Admissions(string run, int wards)
{
    public const int PerCourse = 5;

    /// <summary>What the messages of a course are.</summary>
    public static readonly string[] Steps = ["A04, comes", "A08, updated", "A02, to a ward", "A08, updated again", "A03, leaves"];

    private static readonly string[] Families =
        ["Marlowe", "Okafor", "Lindqvist", "Baptiste", "Novak", "Hale", "Moreau", "Tanaka", "Ferreira", "Kowalski", "Iyer", "Brandt"];
    private static readonly string[] Given = ["Ana", "Tomas", "Ingrid", "Leon", "Mira", "Pavel", "Ruth", "Samuel", "Greta", "Yusuf"];
    private static long _control;

    /// <summary>All messages of patient <paramref name="number"/>, in order.</summary>
    public IEnumerable<byte[]> Course(int number) => Enumerable.Range(0, PerCourse).Select(step => Message(number, step));

    public byte[] Message(int patient, int step) => Message(patient, step, step, step switch { 0 => "A04", 2 => "A02", 4 => "A03", _ => "A08" });

    /// <summary>Another update of somebody in the emergency department, each time with another physician.</summary>
    public byte[] Update(int patient, int turn) => Message(patient, 1, turn, "A08");

    /// <summary>Somebody who is known and has not come.</summary>
    public byte[] Person(int patient) => Message(patient, 1, 1, "A28");

    private byte[] Message(int patient, int step, int turn, string trigger)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "+0000";
        var ward = patient % wards;
        var bed = patient / wards % 24 + 1;
        var emergency = $"E{ward % Math.Max(1, wards / 4):000}^W^{patient % 60 + 1}^H";
        var place = step < 2 ? emergency : $"W{ward:000}^{bed / 2 + 1}^{bed}^H";
        var name = $"{Families[patient % Families.Length]}^{Given[patient / Families.Length % Given.Length]}^^^^^L";
        var message = new StringBuilder(1024)
            .Append($"MSH|^~\\&|PAS|{run}|JOURNEY|H|{now}||ADT^{trigger}^ADT_{(trigger is "A02" or "A03" ? trigger : trigger is "A28" ? "A05" : "A01")}|{run}{Interlocked.Increment(ref _control)}|P|2.5.1|||AL|NE||UNICODE UTF-8\r")
            .Append($"EVN|{trigger}|{now}||||{now}\r")
            .Append($"PID|1||{run}{patient:0000000}^^^H^MR~{9_000_000_000 + patient}^^^NHS^NH||{name}||19{40 + patient % 60:00}0{patient % 9 + 1}1{patient % 10}|{(patient % 2 == 0 ? "F" : "M")}|||{patient % 200 + 1} Invented Street^^Sampleton^^SA1 {patient % 9}ZZ^^H||^PRN^PH^^^^{5550000 + patient % 9999}||EN\r")
            .Append($"PD1||||G{patient % 100}^Placeholder^Doctor^^^^Dr\r")
            .Append($"NK1|1|{Families[(patient + 1) % Families.Length]}^{Given[(patient + 3) % Given.Length]}|SPO^Spouse^HL70063||^PRN^PH^^^^{5560000 + patient % 9999}\r")
            .Append($"PV1|1|{(step < 2 ? "E" : "I")}|{place}|{(step < 2 ? "E" : "U")}||{(step == 2 ? emergency : "")}|S{patient % 50}^Invented^Physician{turn}^^^^Dr|||{(step < 2 ? "EM" : "MED")}|{(step is 1 or 3 ? $"XR^{step}^^H" : "")}|||7|||||V{run}{patient:0000000}^^^H^VN")
            .Append($"|||||||||||||||||{(step == 4 ? "01" : "")}||||||||{now}{(step == 4 ? "|" + now : "")}\r")
            .Append($"PV2|||^Chest pain, for assessment||||||{now}\r")
            .Append("OBX|1|NM|8867-4^Heart rate^LN||82|/min|60-100|N|||F\r")
            .Append("AL1|1|DA|70618^Penicillin^RXNORM|MO|Rash\rDG1|1||R07.4^Chest pain, unspecified^I10||").Append(now).Append("|A\r");
        return Encoding.UTF8.GetBytes(message.ToString());
    }
}
