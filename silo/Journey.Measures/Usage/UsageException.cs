namespace Journey.Measures.Usage;

/// <summary>The command was given what it does not know, or not what it needs; the message says which and what is right.</summary>
internal sealed class UsageException(string message) : Exception(message);
