using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Control.Health;

/// <summary>What a file system has left. .NET tells of bytes only, and a disk can be out of names long before it is out of bytes.</summary>
/// <param name="FreeBytes">What a user who is not root may still use.</param>
/// <param name="FreeInodes">Files that can still be made; null where the file system has no such limit.</param>
/// <param name="ReadOnly">Mounted so, or by the kernel after errors: nothing can be written.</param>
internal sealed partial record FileSystemSpace(long FreeBytes, long TotalBytes, long? FreeInodes, long? TotalInodes, bool ReadOnly)
{
    private const ulong ReadOnlyFlag = 1;

    // The flags follow the id, which takes 8 bytes where a long has 4 as well.
    private const int FlagsAt = 1;

    /// <summary>Asks the kernel; null if it does not say, for a path that is not there.</summary>
    public static FileSystemSpace? Of(string path)
    {
        if (Ask(path, out var answer) != 0 || answer.Total == 0)
            return null;
        var block = (long)(ulong)answer.Fragment;
        return new FileSystemSpace(
            (long)answer.Available * block,
            (long)answer.Total * block,
            answer.Inodes == 0 ? null : (long)answer.InodesAvailable,
            answer.Inodes == 0 ? null : (long)answer.Inodes,
            (answer.Rest[FlagsAt] & ReadOnlyFlag) != 0);
    }

    // statvfs64 has counts of 64 bits everywhere, also where a long has 32.
    [LibraryImport("libc", EntryPoint = "statvfs64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(string path, out Answer answer);

    [StructLayout(LayoutKind.Sequential)]
    private struct Answer
    {
        public nuint BlockSize;
        public nuint Fragment;
        public ulong Total;
        public ulong Free;
        public ulong Available;
        public ulong Inodes;
        public ulong InodesFree;
        public ulong InodesAvailable;

        // The id, the flags, the longest name, and what is spare.
        public readonly Spare Rest;
    }

    [InlineArray(16)]
    private struct Spare
    {
        private ulong _first;
    }
}
