using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.Outbox;

/// <summary>The calls of the system that .NET has no word for.</summary>
internal static partial class Posix
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int WouldBlock = 11;

    /// <summary>Makes the names in a directory durable: a file that was synced is still lost if its name was not.</summary>
    /// <exception cref="IOException">The directory could not be opened or synced.</exception>
    public static void SyncDirectory(string path)
    {
        // O_DIRECTORY differs between architectures and is not needed: fsync of what is no directory does no harm.
        var descriptor = Open(path, ReadOnly | CloseOnExec);
        if (descriptor < 0)
            throw Failure($"cannot open {path}");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Fsync(handle) != 0)
            throw Failure($"cannot sync {path}");
    }

    /// <summary>Takes the whole file for this open handle; false if another handle has it. Given back when the handle is closed, even by SIGKILL.</summary>
    /// <exception cref="IOException">The file system cannot lock.</exception>
    public static bool TryLock(SafeFileHandle file)
    {
        if (Flock(file, LockExclusive | LockNonBlocking) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == WouldBlock ? false : throw Failure("cannot lock");
    }

    private static IOException Failure(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
