namespace Journey.Themes;

/// <summary>What somebody said, and what a person found it to be about.</summary>
/// <param name="Respondent">Who said it, as far as the site tells them apart: one respondent's comments are alike.</param>
public sealed record Comment(string Text, IReadOnlySet<string> Themes, string Respondent);
