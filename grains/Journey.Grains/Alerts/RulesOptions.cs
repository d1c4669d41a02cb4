using Journey.Contracts.Alerts;

namespace Journey.Grains.Alerts;

/// <summary>How rules begin on a site where nobody has decided anything of them.</summary>
public sealed class RulesOptions
{
    public const string Section = "Journey:Rules";

    /// <summary>
    /// <see cref="RuleSwitch.On"/>, or <see cref="RuleSwitch.Shadow"/>: counted, and nobody is called until somebody turns a rule on.
    /// </summary>
    public RuleSwitch Begin { get; set; } = RuleSwitch.On;
}
