using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// The few calls of the C library (Linux) that the car's devices are made of. Every method that can fail throws
/// <see cref="Win32Exception"/> with the call's name, unless its result is said to be an error number.
/// </summary>
internal static partial class Posix
{
    internal const int ReadWrite = 0x2;
    internal const int NoControllingTerminal = 0x100;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;

    internal const int Interrupted = 4;
    internal const int InputOutput = 5;
    internal const int TryAgain = 11;

    private const short PollIn = 0x1;
    private const short PollHup = 0x10;
    private const int ApplyNow = 0;
    private const int FlushInput = 0;
    private const int SetPipeSize = 1031;
    private const int SmallestPipe = 4096;
    private const nuint ClearExclusive = 0x540D;
    private const int SignalKill = 9;
    private const int SignalTerminate = 15;
    private const uint ModifyCreateDeleteMove = 0x2 | 0x100 | 0x200 | 0x40 | 0x80;
    // struct termios is 60 bytes in glibc and musl on the machines that .NET runs on; room for more costs nothing.
    private const int TermiosRoom = 128;

    internal static int Open(string path, int flags) => Checked(open(path, flags | CloseOnExec, 0), "open " + path);

    internal static int OpenTerminalMaster()
    {
        int master = Checked(posix_openpt(ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec), "posix_openpt");
        Checked(grantpt(master), "grantpt");
        Checked(unlockpt(master), "unlockpt");
        return master;
    }

    internal static string TerminalName(int master)
    {
        Span<byte> name = stackalloc byte[128];
        int error = ptsname_r(master, name, (nuint)name.Length);
        if (error != 0)
            throw new Win32Exception(error, "ptsname_r failed");
        return System.Text.Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]);
    }

    /// <summary>No echo, no line editing, no translation: bytes as they come.</summary>
    internal static void MakeRaw(int terminal)
    {
        Span<byte> settings = stackalloc byte[TermiosRoom];
        Checked(tcgetattr(terminal, settings), "tcgetattr");
        cfmakeraw(settings);
        Checked(tcsetattr(terminal, ApplyNow, settings), "tcsetattr");
    }

    /// <summary>Takes back TIOCEXCL: the flag outlives a killed process for as long as anyone holds the terminal open.</summary>
    internal static void AllowOthers(int terminal) => Checked(ioctl(terminal, ClearExclusive, 0), "ioctl TIOCNXCL");

    internal static void DropUnreadInput(int terminal) => Checked(tcflush(terminal, FlushInput), "tcflush");

    internal static void MakeFifo(string path) => Checked(mkfifo(path, 0b110_000_000), "mkfifo " + path);

    /// <summary>The least that a FIFO can hold, so that it is soon full.</summary>
    internal static void MakePipeSmall(int pipe) => Checked(fcntl(pipe, SetPipeSize, SmallestPipe), "fcntl F_SETPIPE_SZ");

    internal static int OpenCounter() => Checked(eventfd(0, CloseOnExec | NonBlocking), "eventfd");

    /// <summary>An inotify descriptor that becomes readable when a file of the directory is created, written, moved or removed.</summary>
    internal static int WatchDirectory(string path)
    {
        int watch = Checked(inotify_init1(CloseOnExec | NonBlocking), "inotify_init1");
        Checked(inotify_add_watch(watch, path, ModifyCreateDeleteMove), "inotify_add_watch " + path);
        return watch;
    }

    internal static void Close(int descriptor) => close(descriptor);

    /// <summary>Bytes read; 0 at the end; a negative error number.</summary>
    internal static int Read(int descriptor, Span<byte> buffer)
    {
        nint count = read(descriptor, buffer, (nuint)buffer.Length);
        return count < 0 ? -Marshal.GetLastPInvokeError() : (int)count;
    }

    /// <summary>Bytes written; a negative error number.</summary>
    internal static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        nint count = write(descriptor, bytes, (nuint)bytes.Length);
        return count < 0 ? -Marshal.GetLastPInvokeError() : (int)count;
    }

    /// <summary>Waits without limit until one of the two can be read (or has hung up).</summary>
    internal static (bool First, bool Second) WaitReadable(int first, int second)
    {
        Span<PollDescriptor> polled = [new() { Descriptor = first, Events = PollIn }, new() { Descriptor = second, Events = PollIn }];
        while (poll(polled, (nuint)polled.Length, -1) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw new Win32Exception(error, "poll failed");
        }

        return (polled[0].Returned != 0, polled[1].Returned != 0);
    }

    /// <summary>True while nobody has the other end of a terminal open, once somebody had.</summary>
    internal static bool HasHungUp(int master)
    {
        Span<PollDescriptor> polled = [new() { Descriptor = master }];
        return poll(polled, 1, 0) > 0 && (polled[0].Returned & PollHup) != 0;
    }

    /// <summary>SIGKILL for the process or for its whole group; none if it is gone.</summary>
    internal static void Kill(int process, bool group) => kill(group ? -process : process, SignalKill);

    /// <summary>SIGTERM for the process or for its whole group; none if it is gone.</summary>
    internal static void Terminate(int process, bool group) => kill(group ? -process : process, SignalTerminate);

    /// <summary>Another signal, by its number on Linux; none if the process is gone.</summary>
    internal static void Send(int process, int signal) => kill(process, signal);

    private static int Checked(int result, string call)
    {
        if (result >= 0)
            return result;
        int error = Marshal.GetLastPInvokeError();
        throw new Win32Exception(error, $"{call} failed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int grantpt(int master);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlockpt(int master);

    [LibraryImport("libc")]
    private static partial int ptsname_r(int master, Span<byte> name, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcgetattr(int terminal, Span<byte> settings);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcsetattr(int terminal, int when, Span<byte> settings);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(Span<byte> settings);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcflush(int terminal, int queue);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkfifo(string path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int inotify_init1(int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int inotify_add_watch(int watch, string path, uint mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(Span<PollDescriptor> descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
