using Journey.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Journey.Storage;

/// <summary>
/// The rules that an attribute cannot say. Every message names the key to mend; none repeats a connection string, which may hold a password.
/// </summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (!options.IsPostgreSql && !options.IsSqlite)
            return ValidateOptionsResult.Fail($"Journey:Storage:Provider must be Sqlite or PostgreSql, not '{options.Provider}'.");
        if (options.IsPostgreSql && string.IsNullOrWhiteSpace(options.ConnectionString))
            return ValidateOptionsResult.Fail("Journey:Storage:ConnectionString is required when Journey:Storage:Provider is PostgreSql.");
        if (!string.IsNullOrWhiteSpace(options.ConnectionString) && !Reads(options))
            return ValidateOptionsResult.Fail($"Journey:Storage:ConnectionString cannot be read as a {options.Provider} connection string.");
        if (options.IsSqlite && options.Writers is > 1)
            return ValidateOptionsResult.Fail("Journey:Storage:Writers must be 1 when Journey:Storage:Provider is Sqlite: it has one writer.");
        if (options.IsPostgreSql && DatabaseTls.Objection(options.ConnectionString, options.AllowPlaintext, "Journey:Storage:ConnectionString",
            "Journey:Storage:AllowPlaintext") is { } objection)
            return ValidateOptionsResult.Fail(objection);
        return RingCertificates.Objection(options.KeyRingCertificates, options.KeyRingPasswordFile, StorageOptions.Section) is { } wrong
            ? ValidateOptionsResult.Fail(wrong)
            : ValidateOptionsResult.Success;
    }

    private static bool Reads(StorageOptions options)
    {
        try
        {
            _ = options.IsPostgreSql
                ? new NpgsqlConnectionStringBuilder(options.ConnectionString).ConnectionString
                : new SqliteConnectionStringBuilder(options.ConnectionString).ConnectionString;
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            return false;
        }
    }
}
