namespace Journey.Contracts;

/// <summary>
/// What is written in words, or reaches a family: sealed where it is stored, so that who reads a database or a backup of it does not read this. A
/// text, or a list of texts: of this type and property alone, whatever others of the same name hold. Names, numbers and times are not: boards and
/// search read those.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SensitiveAttribute : Attribute;
