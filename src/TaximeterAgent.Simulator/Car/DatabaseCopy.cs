using System.Runtime.InteropServices;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// Reads numbers from a database by the system's SQLite and SQL of the simulator's own: what the agent's file says, and not what the agent does. To be given a copy, because the
/// agent's own file is locked and may be in use.
/// </summary>
internal sealed partial class DatabaseCopy : IDisposable
{
    private const string Library = "libsqlite3.so.0";
    private const int ReadWrite = 0x2;
    private const int Row = 100;

    private readonly nint _database;

    /// <exception cref="IOException">It cannot be opened.</exception>
    public DatabaseCopy(string file)
    {
        if (sqlite3_open_v2(file, out _database, ReadWrite, 0) != 0)
        {
            _ = sqlite3_close(_database);
            throw new IOException($"{file} cannot be opened as a database");
        }
    }

    /// <summary>The first column of the first row; null where there is no row or it is NULL.</summary>
    /// <exception cref="IOException">The database does not understand it.</exception>
    public long? Number(string sql)
    {
        if (sqlite3_prepare_v2(_database, sql, -1, out nint statement, 0) != 0)
            throw new IOException($"the database does not take: {sql}");
        try
        {
            const int typeOfNull = 5;
            return sqlite3_step(statement) == Row && sqlite3_column_type(statement, 0) != typeOfNull ? sqlite3_column_int64(statement, 0) : null;
        }
        finally
        {
            _ = sqlite3_finalize(statement);
        }
    }

    public void Dispose() => _ = sqlite3_close(_database);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sqlite3_open_v2(string file, out nint database, int flags, nint vfs);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sqlite3_prepare_v2(nint database, string sql, int bytes, out nint statement, nint tail);

    [LibraryImport(Library)]
    private static partial int sqlite3_step(nint statement);

    [LibraryImport(Library)]
    private static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library)]
    private static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library)]
    private static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Library)]
    private static partial int sqlite3_close(nint database);
}
