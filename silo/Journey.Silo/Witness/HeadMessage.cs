using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Journey.Domain.Audit;

namespace Journey.Silo.Witness;

/// <summary>
/// Where the trail stands as an audit message: IHE ATNA's <i>Record Audit Event</i> (ITI-20), a DICOM audit message (PS3.15 A.5) within a syslog
/// message. It holds no patient, no person and no entry, only how many entries each chain has and the last one's hash.
/// </summary>
internal static class HeadMessage
{
    /// <summary>Facility 10 (security), severity 5 (notice).</summary>
    private const int Priority = 10 * 8 + 5;

    /// <summary>How receivers know a DICOM audit message.</summary>
    private const string Kind = "DICOM+RFC3881";

    /// <param name="host">As RFC 5424 has a host name: printable ASCII without blanks.</param>
    public static string Write(IReadOnlyList<AuditHead> heads, string host, int process, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $"<{Priority}>1 {time} {host} Journey {process} {Kind} - \uFEFF{Body(heads, host, time).ToString(SaveOptions.DisableFormatting)}");
    }

    private static XElement Body(IReadOnlyList<AuditHead> heads, string host, string time) => new("AuditMessage",
        // The trail was read (DCM 110101), to tell how far it goes.
        new XElement("EventIdentification", new XAttribute("EventActionCode", "R"), new XAttribute("EventDateTime", time),
            new XAttribute("EventOutcomeIndicator", "0"),
            Code("EventID", "110101", "DCM", "Audit Log Used"), Code("EventTypeCode", "heads", "Journey", "Heads of the audit trail")),
        new XElement("ActiveParticipant", new XAttribute("UserID", "journey"), new XAttribute("UserIsRequestor", "true"),
            new XAttribute("NetworkAccessPointID", host),
            new XAttribute("NetworkAccessPointTypeCode", "1"), Code("RoleIDCode", "110150", "DCM", "Application")),
        new XElement("AuditSourceIdentification", new XAttribute("AuditSourceID", "journey@" + host), new XAttribute("code", "4"),
            new XAttribute("codeSystemName", "DCM")),
        new XElement("ParticipantObjectIdentification", new XAttribute("ParticipantObjectID", "urn:journey:audit"),
            new XAttribute("ParticipantObjectTypeCode", "2"),
            new XAttribute("ParticipantObjectTypeCodeRole", "13"), Code("ParticipantObjectIDTypeCode", "12", "RFC-3881", "URI"),
            new XElement("ParticipantObjectName", "Audit trail"),
            // What `audit verify --head=` takes.
            new XElement("ParticipantObjectDetail", new XAttribute("type", "head"),
                new XAttribute("value", Convert.ToBase64String(Encoding.ASCII.GetBytes(KeptHead.Write(heads)))))));

    private static XElement Code(string name, string code, string system, string says) =>
        new(name, new XAttribute("csd-code", code), new XAttribute("codeSystemName", system), new XAttribute("originalText", says));
}
