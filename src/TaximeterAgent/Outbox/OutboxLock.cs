using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox;

/// <summary>
/// One agent for one outbox. A file of its own, because SQLite's own locks on the database are lost when anything in the process closes the database file,
/// and because readers shall still be let in.
/// </summary>
internal sealed class OutboxLock : IDisposable
{
    private const int PermissionDenied = 13;

    private readonly SafeFileHandle _file;
    private int _holders = 1;

    private OutboxLock(SafeFileHandle file) => _file = file;

    /// <exception cref="OutboxUnusableException">Another agent has it, or the file cannot be made.</exception>
    public static OutboxLock Take(OutboxFiles files)
    {
        SafeFileHandle? file = null;
        try
        {
            file = Posix.OpenLockFile(files.Lock);
            Permissions.CloseFile(file);
            if (!Posix.TryLock(file))
            {
                throw new OutboxUnusableException(files.Database, $"another agent{Holder(file)} is using it. Stop that one first, or give this one an "
                    + $"Outbox:Directory of its own.") { Trouble = OutboxTrouble.InUse };
            }

            // For people only; the lock itself is the kernel's.
            Sign(file);
            var taken = new OutboxLock(file);
            file = null;
            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutboxUnusableException(files.Lock, $"the outbox cannot be locked ({e.Message}). Check that its directory can be written by "
                + $"this user and is not mounted read-only.", e)
            {
                Trouble = e is UnauthorizedAccessException || e.HResult == PermissionDenied ? OutboxTrouble.Forbidden : OutboxTrouble.System,
            };
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>The same lock for one more holder: it is given back when all of them have disposed of it.</summary>
    public OutboxLock Again()
    {
        ObjectDisposedException.ThrowIf(_file.IsClosed, this);
        _holders++;
        return this;
    }

    public void Dispose()
    {
        if (--_holders > 0)
            return;
        if (!_file.IsClosed)
            Posix.GiveBack(_file);
        _file.Dispose();
    }

    private static void Sign(SafeFileHandle file)
    {
        try
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"), 0);
        }
        catch (IOException e) when (Posix.IsNoRoom(e))
        {
            // Nobody is refused for want of room for a number.
        }
    }

    private static string Holder(SafeFileHandle file)
    {
        Span<byte> text = stackalloc byte[12];
        var length = RandomAccess.Read(file, text, 0);
        return int.TryParse(text[..length].TrimEnd((byte)'\n'), CultureInfo.InvariantCulture, out var id) ? $" (process {id})" : "";
    }
}
