namespace Journey.Hosting;

/// <summary>A setting stops the start. The message names the key.</summary>
public sealed class StartException(string message) : Exception(message);
