namespace Journey.Measures.Usage;

/// <summary>A file is not what it should be; the message says which and where, and nothing of what it holds of a person.</summary>
internal sealed class InputException(string message, Exception? cause = null) : Exception(message, cause);
