namespace Journey.Hosting.Usage;

/// <summary>A file is not what it should be; the message says which and where, and nothing of what it holds of a person.</summary>
public sealed class InputException(string message, Exception? cause = null) : Exception(message, cause);
