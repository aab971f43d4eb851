using System.Runtime.InteropServices;

namespace TaximeterAgent.Tests.Support;

/// <summary>Descriptors, FIFOs and a directory that goes with the test.</summary>
internal sealed partial class TestFiles : IDisposable
{
    private const int ReadWriteNonBlocking = 0x2 | 0x100 | 0x800 | 0x80000;
    private const int WriteNonBlocking = 0x1 | 0x100 | 0x800 | 0x80000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("taximeter-");

    public string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public string Fifo(string name)
    {
        Assert.Equal(0, MakeFifo(Path(name), 0b110_000_000));
        return Path(name);
    }

    /// <summary>Opens for both directions, without waiting.</summary>
    public static int Open(string path)
    {
        var descriptor = OpenFile(path, ReadWriteNonBlocking, 0);
        Assert.True(descriptor >= 0, $"{path} does not open.");
        return descriptor;
    }

    /// <summary>Opens for writing only; somebody must have it open for reading.</summary>
    public static int OpenToWrite(string path)
    {
        var descriptor = OpenFile(path, WriteNonBlocking, 0);
        Assert.True(descriptor >= 0, $"{path} does not open.");
        return descriptor;
    }

    /// <summary>What is there, or null if nothing comes within so long.</summary>
    public static byte[]? TryRead(int descriptor, int milliseconds)
    {
        Span<(int Descriptor, short Events, short Returned)> polled = [(descriptor, 1, 0)];
        if (Poll(MemoryMarshal.Cast<(int, short, short), byte>(polled), 1, milliseconds) <= 0)
            return null;
        var buffer = new byte[4096];
        var count = ReadFile(descriptor, buffer, (nuint)buffer.Length);
        return count > 0 ? buffer[..(int)count] : null;
    }

    public static void Close(int descriptor) => Assert.Equal(0, CloseFile(descriptor));

    public static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Wait(descriptor, 4);
            var count = WriteFile(descriptor, bytes, (nuint)bytes.Length);
            Assert.True(count > 0, "Nothing could be written.");
            bytes = bytes[(int)count..];
        }
    }

    /// <summary>Writes what there is room for; the rest is lost, as on a wire. True if all of it was written.</summary>
    public static bool TryWrite(int descriptor, ReadOnlySpan<byte> bytes) => WriteFile(descriptor, bytes, (nuint)bytes.Length) == bytes.Length;

    /// <summary>Waits for the next bytes.</summary>
    public static byte[] Read(int descriptor)
    {
        Wait(descriptor, 1);
        var buffer = new byte[4096];
        var count = ReadFile(descriptor, buffer, (nuint)buffer.Length);
        Assert.True(count > 0, "Nothing could be read.");
        return buffer[..(int)count];
    }

    /// <summary>What comes within this time; empty if nothing does, or the other end is gone.</summary>
    public static byte[] ReadWithin(int descriptor, int milliseconds)
    {
        Span<(int Descriptor, short Events, short Returned)> polled = [(descriptor, 1, 0)];
        if (Poll(MemoryMarshal.Cast<(int, short, short), byte>(polled), 1, milliseconds) < 1)
            return [];
        var buffer = new byte[4096];
        var count = ReadFile(descriptor, buffer, (nuint)buffer.Length);
        if (count > 0)
            return buffer[..(int)count];
        Thread.Sleep(milliseconds); // hung up: readable for ever
        return [];
    }

    /// <summary>Reads until what came ends with this.</summary>
    public static byte[] ReadTo(int descriptor, ReadOnlySpan<byte> end)
    {
        var all = new List<byte>();
        do
            all.AddRange(Read(descriptor));
        while (!CollectionsMarshal.AsSpan(all).EndsWith(end));
        return [.. all];
    }

    /// <summary>Runs on a thread that has another user's rights on files, if this process may have them; answers whether it had.</summary>
    public static bool AsNobody(Action action)
    {
        const uint nobody = 65534;
        var other = false;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            // These two change the calling thread only; there is no going back needed, the thread ends.
            _ = SetFileGroup(nobody);
            _ = SetFileUser(nobody);
            other = SetFileUser(uint.MaxValue) == nobody;
            try
            {
                if (other)
                    action();
            }
            catch (Exception fault)
            {
                failure = fault;
            }
        });
        thread.Start();
        Assert.True(thread.Join(s_patience));
        return failure is null ? other : throw new InvalidOperationException(failure.Message, failure);
    }

    public const uint Nobody = 65534;

    /// <summary>Runs on a thread that is another user in all that the kernel asks, without any of root's rights. For root only.</summary>
    public static void AsOtherUser(Action action)
    {
        var (user, group, groups) = RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => (117, 119, 116),
            System.Runtime.InteropServices.Architecture.Arm64 => (147, 149, 159),
            _ => throw new PlatformNotSupportedException("The numbers of these system calls are not known here."),
        };
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                // The system calls themselves change the calling thread only; the C library's functions would change all threads.
                Assert.Equal(0, SystemCall(groups, 0, 0, 0));
                Assert.Equal(0, SystemCall(group, Nobody, Nobody, Nobody));
                Assert.Equal(0, SystemCall(user, Nobody, Nobody, Nobody));
                action();
            }
            catch (Exception fault)
            {
                failure = fault;
            }
        });
        thread.Start();
        Assert.True(thread.Join(s_patience));
        Assert.Null(failure);
    }

    public static void GiveToUser(string path, uint user) => Assert.Equal(0, ChangeOwner(path, user, uint.MaxValue));

    public static void GiveToGroup(string path, uint group) => Assert.Equal(0, ChangeOwner(path, uint.MaxValue, group));

    public void Dispose() => _directory.Delete(recursive: true);

    private static void Wait(int descriptor, short events)
    {
        Span<(int Descriptor, short Events, short Returned)> polled = [(descriptor, events, 0)];
        Assert.Equal(1, Poll(MemoryMarshal.Cast<(int, short, short), byte>(polled), 1, (int)s_patience.TotalMilliseconds));
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int descriptor);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint WriteFile(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadFile(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(Span<byte> polled, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial uint SetFileUser(uint user);

    [LibraryImport("libc", EntryPoint = "setfsgid")]
    private static partial uint SetFileGroup(uint group);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nuint first, nuint second, nuint third);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
