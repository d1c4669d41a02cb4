namespace Journey.Hosting.Usage;

/// <summary>The command was given what it does not know, or not what it needs; the message says which and what is right.</summary>
public sealed class UsageException(string message) : Exception(message);
