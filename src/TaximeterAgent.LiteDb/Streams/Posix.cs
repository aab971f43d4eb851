using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.LiteDb.Streams;

/// <summary>The calls of the system that .NET has no word for.</summary>
internal static partial class Posix
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int Interrupted = 4;

    /// <summary>True where there was no room, on the disk or in the quota.</summary>
    public static bool IsNoRoom(IOException e) => e.HResult is NoSpace or OverQuota;

    /// <summary>Makes the names in a directory durable: a file that was synced is still lost if its name was not.</summary>
    /// <exception cref="IOException">The directory could not be opened or synced.</exception>
    public static void SyncDirectory(string path)
    {
        var descriptor = Open(path, 0x80000);
        if (descriptor < 0)
            throw Failure($"cannot open {path}");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Fsync(handle) != 0)
            throw Failure($"cannot sync {path}");
    }

    /// <summary>Takes room for a file, whose length becomes at least <paramref name="length"/>; false where there is none. True too where the file system cannot say.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static bool TakeRoom(SafeFileHandle file, long from, long length)
    {
        const int notSupported = 95, unknownCall = 38, tooLarge = 27;
        while (Allocate(file, 0, from, length - from) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    continue;
                case NoSpace or OverQuota or tooLarge:
                    return false;
                case notSupported or unknownCall:
                    return true;
                default:
                    throw Failure("cannot take room");
            }
        }

        return true;
    }

    private static IOException Failure(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    // 64 bits also where the C library's off_t has 32.
    [LibraryImport("libc", EntryPoint = "fallocate64", SetLastError = true)]
    private static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);
}
