using System.ComponentModel.DataAnnotations;

namespace Journey.Delivery;

/// <summary><c>Journey:Delivery:Mail</c>: where updates to families go as e-mail. Off while no host is named.</summary>
public sealed class MailOptions
{
    public const string Section = "Journey:Delivery:Mail";

    /// <summary>The mail server; empty turns e-mail off.</summary>
    public string Host { get; set; } = "";

    /// <summary>587 by default.</summary>
    [Range(1, 65535, ErrorMessage = "Journey:Delivery:Mail:Port must be between 1 and 65535.")]
    public int Port { get; set; } = 587;

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";

    /// <summary>
    /// True by default: nothing is sent over a connection that is not encrypted. Turn it off for a relay on this machine only: to any other no
    /// password is sent in clear.
    /// </summary>
    public bool RequireTls { get; set; } = true;

    public string? User { get; set; }

    /// <summary>A file that holds the password; so it stands in no environment and no command line.</summary>
    public string? PasswordFile { get; set; }

    public bool IsOn => Host.Length > 0;
}

/// <summary>
/// <c>Journey:Delivery:Sms</c>: an SMS gateway's webhook. It is told that there is a word for a number, never what it says. Off while no address is
/// named.
/// </summary>
public sealed class WebhookOptions
{
    public const string Section = "Journey:Delivery:Sms";

    /// <summary>Where messages are posted; empty turns SMS off. https, or http on this machine.</summary>
    public string Url { get; set; } = "";

    /// <summary>
    /// Lets the name in <see cref="Url"/> lead to a private address, such as that of a gateway in the house; false by default: whoever answers for
    /// the name in the DNS could else have telephone numbers posted to a machine within. An address that stands in Url itself needs no leave.
    /// </summary>
    public bool AllowPrivateAddress { get; set; }

    /// <summary>A file that holds the secret by which the receiver knows that a message is ours; at least 16 characters.</summary>
    public string SecretFile { get; set; } = "";

    public bool IsOn => Url.Length > 0;
}
