using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.Outbox;

/// <summary>The calls of the system that .NET has no word for.</summary>
internal static partial class Posix
{
    private const int ReadOnly = 0;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int CloseOnExec = 0x80000;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int Unlock = 8;
    private const int WouldBlock = 11;
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int OwnerOnly = 0x180;

    /// <summary>Makes the names in a directory durable: a file that was synced is still lost if its name was not.</summary>
    /// <exception cref="IOException">The directory could not be opened or synced.</exception>
    public static void SyncDirectory(string path)
    {
        // O_DIRECTORY differs between architectures and is not needed: fsync of what is no directory does no harm.
        using var handle = Opened(path, ReadOnly);
        if (Fsync(handle) != 0)
            throw Failure($"cannot sync {path}");
    }

    /// <summary>What was written to a file is on the disk when this returns, and its length where that has changed.</summary>
    /// <exception cref="IOException">It is not known to be: a second try would say that all is well.</exception>
    public static void SyncData(SafeFileHandle file, string path)
    {
        if (Fdatasync(file) != 0)
            throw Failure($"cannot sync {path}");
    }

    /// <summary>Gives a file real blocks from an offset on, and the length that this takes: what is written there later finds room.</summary>
    /// <param name="file">Open for writing and for reading: where the file system cannot do it, the C library writes zeros where nothing is.</param>
    /// <param name="offset">In bytes.</param>
    /// <param name="length">In bytes, more than 0.</param>
    /// <returns>False if there is no room; a part may be taken.</returns>
    /// <exception cref="IOException">Anything else.</exception>
    public static bool TryAllocate(SafeFileHandle file, long offset, long length) => Allocate(file, offset, length) switch
    {
        0 => true,
        NoSpace or OverQuota => false,
        var error => throw new IOException($"cannot allocate {length} bytes: {Marshal.GetPInvokeErrorMessage(error)}", error),
    };

    /// <summary>True for what a full disk, or a user over the quota, is told.</summary>
    public static bool IsNoRoom(IOException e) => e.HResult is NoSpace or OverQuota;

    /// <summary>Opens a file to be locked. .NET's own open takes a shared lock on every file, which would be refused here before one could ask who has
    /// it.</summary>
    /// <exception cref="IOException">The file could not be opened or made.</exception>
    public static SafeFileHandle OpenLockFile(string path) => Opened(path, ReadWrite | Create);

    /// <summary>Takes the whole file for this open handle; false if another handle has it. Given back when the handle is closed, even by SIGKILL.</summary>
    /// <exception cref="IOException">The file system cannot lock.</exception>
    public static bool TryLock(SafeFileHandle file)
    {
        if (Flock(file, LockExclusive | LockNonBlocking) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == WouldBlock ? false : throw Failure("cannot lock");
    }

    /// <summary>
    /// Gives the lock back, also for copies of the handle: a process that is just being started by this one has a copy of every handle until it becomes its program, and
    /// would hold the lock for that long.
    /// </summary>
    public static void GiveBack(SafeFileHandle file) => _ = Flock(file, Unlock);

    private static SafeFileHandle Opened(string path, int flags)
    {
        var descriptor = Open(path, flags | CloseOnExec, OwnerOnly);
        return descriptor < 0 ? throw Failure($"cannot open {path}") : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static IOException Failure(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle file);

    // Gives the error back and sets no errno.
    [LibraryImport("libc", EntryPoint = "posix_fallocate64")]
    private static partial int Allocate(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
