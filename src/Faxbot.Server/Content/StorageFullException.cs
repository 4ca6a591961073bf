using Microsoft.Data.Sqlite;
using Npgsql;

namespace Faxbot.Server.Content;

/// <summary>The disk is full, or the quota used up. Nothing was kept.</summary>
internal sealed class StorageFullException(Exception inner) : ContentException("There is no room left to store this. Free some, or lower the retention times.", inner)
{
    private const int NoSpace = 28;         // ENOSPC
    private const int TooBigAFile = 27;     // EFBIG: a limit of the process
    private const int QuotaExceeded = 122;  // EDQUOT
    private const int SqliteFull = 13;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether an exception of a file or of the database says that there is no room.</summary>
    public static bool IsSaidBy(Exception exception) => exception switch
    {
        StorageFullException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.DiskFull,
        IOException io => io.HResult is NoSpace or TooBigAFile or QuotaExceeded or WindowsDiskFull,
        _ => false,
    };
}
