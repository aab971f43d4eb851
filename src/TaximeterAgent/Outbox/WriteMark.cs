using TaximeterAgent.Configuration;

namespace TaximeterAgent.Outbox;

/// <summary>How far an outbox's files have been written, by which a copy of database and then WAL is known to be whole.</summary>
/// <param name="DatabaseLength">In bytes; -1 where there is none.</param>
/// <param name="DatabaseWritten">When the database was last written.</param>
/// <param name="WalHeader">The first 32 bytes of the WAL as hexadecimal digits; empty where it has none.</param>
/// <param name="JournalHeader">The first 32 bytes of the journal in the same way.</param>
internal readonly record struct WriteMark(long DatabaseLength, DateTime DatabaseWritten, string WalHeader, string JournalHeader)
{
    private const int HeaderLength = 32;

    /// <param name="files">The outbox's.</param>
    /// <param name="store">What keeps it. LiteDB's log, as the adapter writes it, is to its database what SQLite's WAL is: begun anew it has another header before the database is next written.</param>
    public static WriteMark Of(OutboxFiles files, OutboxStore store = OutboxStore.Sqlite)
    {
        var database = new FileInfo(store == OutboxStore.LiteDb ? files.LiteDb : files.Database);
        return new WriteMark(
            database.Exists ? database.Length : -1,
            database.Exists ? database.LastWriteTimeUtc : default,
            Header(store == OutboxStore.LiteDb ? files.LiteDbLog : files.Wal),
            store == OutboxStore.LiteDb ? "" : Header(files.Journal));
    }

    /// <summary>True if what was copied between the two marks, the database first, is one state of the outbox.</summary>
    /// <remarks>
    /// While the WAL stays the same one, it holds every page that a checkpoint has brought, or half brought, into the database since: read after the database, it
    /// makes any copy of that whole, and its own torn end is passed over by its checksums. A WAL that is begun anew gets another header before its first frame
    /// is written. Without a WAL the database itself must not have been written. The journal is read last: while it begins with the same record it holds every commit that the
    /// database lacks.
    /// </remarks>
    public bool AllowsCopy(WriteMark after) =>
        WalHeader == after.WalHeader && JournalHeader == after.JournalHeader && (WalHeader.Length > 0 || (DatabaseLength == after.DatabaseLength && DatabaseWritten == after.DatabaseWritten));

    private static string Header(string wal)
    {
        var header = new byte[HeaderLength];
        try
        {
            using var file = File.OpenHandle(wal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.Read(file, header, 0) == HeaderLength ? Convert.ToHexString(header) : "";
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}
