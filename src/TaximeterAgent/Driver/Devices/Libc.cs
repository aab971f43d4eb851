using System.Runtime.InteropServices;

namespace TaximeterAgent.Driver.Devices;

/// <summary>The calls of Linux that the devices need. Results are the kernel's: negative is a failure, and <see cref="Error"/> says which.</summary>
internal static partial class Libc
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int NoControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int EINTR = 4;
    public const int EIO = 5;
    public const int ENXIO = 6;
    public const int EAGAIN = 11;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ENODEV = 19;
    public const int EINVAL = 22;
    public const int ENOTTY = 25;
    public const int ENOTDIR = 20;
    public const int ELOOP = 40;

    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollErr = 8;
    public const short PollHup = 16;
    public const short PollInvalid = 32;

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    /// <summary>A name of a directory appears, goes, or is moved; or the directory itself goes.</summary>
    public const uint NamesChange = 0x40 | 0x80 | 0x100 | 0x200 | 0x400;

    public const ushort TypeMask = 0xF000;
    public const ushort TypeFifo = 0x1000;
    public const ushort TypeCharacterDevice = 0x2000;

    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int EmptyPath = 0x1000;
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7FF;

    public static int Error => Marshal.GetLastPInvokeError();

    public static string ErrorText(int error) => Marshal.GetPInvokeErrorMessage(error);

    /// <summary>Owner, group, type and permissions of what is open.</summary>
    public static bool TryStat(int descriptor, out FileFacts facts) => TryStat(descriptor, "", EmptyPath, out facts);

    public static bool TryStat(string path, out FileFacts facts) => TryStat(CurrentDirectory, path, 0, out facts);

    /// <summary>Makes reads of what was opened by somebody else's flags return at once.</summary>
    public static bool SetNonBlocking(int descriptor)
    {
        var flags = FileControl(descriptor, GetFlags, 0);
        return flags >= 0 && FileControl(descriptor, SetFlags, flags | NonBlocking) == 0;
    }

    private static bool TryStat(int descriptor, string path, int flags, out FileFacts facts)
    {
        // struct statx is the same on every architecture, unlike struct stat.
        Span<byte> buffer = stackalloc byte[256];
        var done = StatX(descriptor, path, flags, BasicStats, buffer) == 0;
        facts = done
            ? new FileFacts(
                MemoryMarshal.Read<uint>(buffer[20..]),
                MemoryMarshal.Read<uint>(buffer[24..]),
                MemoryMarshal.Read<ushort>(buffer[28..]),
                ((ulong)MemoryMarshal.Read<uint>(buffer[128..]) << 32) | MemoryMarshal.Read<uint>(buffer[132..]))
            : default;
        return done;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Span<PollFd> descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, Span<byte> argument);

    // Variadic in C. Its third argument goes where a fixed one would on every Linux that .NET runs on.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int WatchNames(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddWatch(int descriptor, string path, uint events);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> buffer);

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <param name="Device">Which device a device node stands for.</param>
    internal readonly record struct FileFacts(uint User, uint Group, ushort Mode, ulong Device)
    {
        public bool IsFifo => (Mode & TypeMask) == TypeFifo;

        public bool IsCharacterDevice => (Mode & TypeMask) == TypeCharacterDevice;
    }
}
