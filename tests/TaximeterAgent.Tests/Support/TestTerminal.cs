using System.Runtime.InteropServices;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Tests.Support;

/// <summary>A pseudo terminal: the test holds the master, the agent opens <see cref="Path"/>.</summary>
internal sealed partial class TestTerminal : IDisposable
{
    private const int ReadWriteNoTerminalNonBlocking = 0x2 | 0x100 | 0x800 | 0x80000;

    public TestTerminal()
    {
        Master = OpenMaster(ReadWriteNoTerminalNonBlocking);
        Assert.True(Master >= 0 && Grant(Master) == 0 && Unlock(Master) == 0, "No pseudo terminal to be had.");
        Span<byte> name = stackalloc byte[128];
        Assert.Equal(0, Name(Master, name, (nuint)name.Length));
        Path = System.Text.Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]);
    }

    public int Master { get; private set; }

    public string Path { get; }

    /// <summary>Bytes pass as they come, whoever opens the other side.</summary>
    public void MakeRaw() => Assert.True(TerminalSettings.Raw(115_200, Parity.None).TrySet(Master));

    /// <summary>The cable is pulled.</summary>
    public void HangUp()
    {
        if (Master >= 0)
            TestFiles.Close(Master);
        Master = -1;
    }

    public void Dispose() => HangUp();

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int Name(int master, Span<byte> name, nuint length);
}
