using System.Runtime.InteropServices;

namespace TaximeterAgent.Hosting;

/// <summary>This process's memory, which has keys, tokens and phone numbers in it.</summary>
internal static partial class ProcessMemory
{
    private const int SetDumpable = 4;

    /// <summary>
    /// From now on the kernel writes no core of this process, whatever its limits and <c>core_pattern</c> say, and gives its memory and its environment to nobody but root:
    /// not to other programs of the same user either. A kernel that refuses, which none is known to do, leaves what the unit says.
    /// </summary>
    public static void Close() => _ = Control(SetDumpable, 0, 0, 0, 0);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);
}
