using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.Benchmarks.Limits;

/// <summary>
/// The least between an input and a request: read it, append 512 bytes to a file and have them on the disk, post on a connection that is kept. Nothing is understood,
/// checked, decided or remembered.
/// </summary>
internal static partial class BareLoop
{
    public const string Name = "bare-loop";

    /// <param name="arguments">The device, how many bytes an input has, the service, the file.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var input = new byte[int.Parse(arguments[1], CultureInfo.InvariantCulture)];
        var record = new byte[512];
        using var calls = await BareCalls.ConnectAsync(arguments[2], stop);
        using var device = new FileStream(arguments[0], FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var file = File.OpenHandle(arguments[3], FileMode.Create, FileAccess.Write);
        Console.WriteLine("ready");
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            device.ReadExactly(input);
            Append(file, record, number);
            await calls.CreateAsync(BareCalls.NewReference(), stop);
        }
    }

    /// <summary>What is written is on the disk when this returns.</summary>
    public static void Append(SafeFileHandle file, byte[] record, int number)
    {
        RandomAccess.Write(file, record, (long)number * record.Length);
        if (fdatasync(file) != 0)
            throw new IOException($"fdatasync: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);
}
