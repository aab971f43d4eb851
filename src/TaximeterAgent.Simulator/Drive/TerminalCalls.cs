using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>What the C library (Linux) knows of terminals.</summary>
internal static partial class TerminalCalls
{
    public const int Input = 0;
    public const int Output = 1;

    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const short PollOut = 0x4;
    private const int ApplyAndDropInput = 2;
    private const nuint GetWindowSize = 0x5413;

    // struct termios is 60 bytes in glibc and musl on the machines that .NET runs on; room for more costs nothing.
    private const int TermiosRoom = 128;

    public static bool IsTerminal(int descriptor) => isatty(descriptor) == 1;

    /// <summary>Another descriptor for the same terminal, so that closing it leaves the first open.</summary>
    /// <exception cref="Win32Exception">There is none.</exception>
    public static int Duplicate(int descriptor)
    {
        int other = dup(descriptor);
        return other >= 0 ? other : throw new Win32Exception(Marshal.GetLastPInvokeError(), "dup failed");
    }

    /// <summary>The settings as they are, to be given back later.</summary>
    /// <exception cref="Win32Exception">It is no terminal.</exception>
    public static byte[] Settings(int terminal)
    {
        byte[] settings = new byte[TermiosRoom];
        return tcgetattr(terminal, settings) == 0 ? settings : throw new Win32Exception(Marshal.GetLastPInvokeError(), "tcgetattr failed");
    }

    /// <summary>Also drops what was typed and not read. False if the terminal is gone.</summary>
    public static bool Set(int terminal, ReadOnlySpan<byte> settings) => tcsetattr(terminal, ApplyAndDropInput, settings) == 0;

    /// <summary>The same without echo, line editing, signals and translation.</summary>
    public static byte[] Raw(ReadOnlySpan<byte> settings)
    {
        byte[] raw = settings.ToArray();
        cfmakeraw(raw);
        return raw;
    }

    /// <summary>Null if it is no terminal, or none any more.</summary>
    public static (int Columns, int Rows)? Size(int terminal)
    {
        Span<ushort> size = stackalloc ushort[4];
        return ioctl(terminal, GetWindowSize, size) == 0 ? (size[1], size[0]) : null;
    }

    /// <summary>Writes all of it; false if the terminal is gone.</summary>
    public static bool Write(int terminal, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint count = write(terminal, bytes, (nuint)bytes.Length);
            if (count > 0)
            {
                bytes = bytes[(int)count..];
                continue;
            }

            int error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            // Whoever started us may have made the descriptor non-blocking.
            if (error == TryAgain)
            {
                Span<PollDescriptor> polled = [new() { Descriptor = terminal, Events = PollOut }];
                poll(polled, 1, 1000);
            }
            else if (error != Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcgetattr(int terminal, Span<byte> settings);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tcsetattr(int terminal, int when, ReadOnlySpan<byte> settings);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(Span<byte> settings);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, Span<ushort> size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(Span<PollDescriptor> descriptors, nuint count, int timeoutMilliseconds);
}
