using Journey.Grains.Storage;

namespace Journey.Storage;

/// <summary>
/// The store failed or did not answer. The message says what to check and holds no patient data. After a write the outcome is unknown:
/// only rereading tells.
/// </summary>
public sealed class StorageException : StoreFailure
{
    public StorageException(string message) : base(message, null) { }
    public StorageException(string message, Exception? inner) : base(message, inner) { }
}
