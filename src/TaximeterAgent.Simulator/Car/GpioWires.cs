using System.Buffers.Binary;
using System.Globalization;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// Wires into a GPIO chip, as the kernel tells of them (<c>struct gpio_v2_line_event</c>): a FIFO that the agent reads in the chip's place, and beside it a file that
/// says how the wires stand. For one thread at a time.
/// </summary>
internal sealed class GpioWires : IDisposable
{
    /// <summary><c>struct gpio_v2_line_event</c>: time, kind, line, two counts, and room for more.</summary>
    internal const int EventSize = 48;

    private const uint Rising = 1;
    private const uint Falling = 2;

    private readonly int _fifo;
    private readonly TimeProvider _time;
    private ulong _levels;
    private uint _count;

    /// <param name="path">Where the FIFO is made; must not exist.</param>
    /// <param name="active">The lines that are active from the beginning.</param>
    /// <param name="time">The time in the events.</param>
    public GpioWires(string path, IEnumerable<int> active, TimeProvider time)
    {
        Path = path;
        _time = time;
        _levels = active.Aggregate(0ul, (levels, line) => levels | (1ul << line));
        WriteLevels();
        Posix.MakeFifo(path);
        // Opened for both directions: the FIFO exists whether or not an agent reads, and neither side ever waits for the other.
        _fifo = Posix.Open(path, Posix.ReadWrite | Posix.NonBlocking);
    }

    public string Path { get; }

    public void Set(int line, bool active)
    {
        ulong bit = 1ul << line;
        if ((_levels & bit) != 0 == active)
            return;
        _levels ^= bit;
        WriteLevels();
        byte[] told = new byte[EventSize];
        BinaryPrimitives.WriteUInt64LittleEndian(told, (ulong)_time.GetTimestamp());
        BinaryPrimitives.WriteUInt32LittleEndian(told.AsSpan(8), active ? Rising : Falling);
        BinaryPrimitives.WriteUInt32LittleEndian(told.AsSpan(12), (uint)line);
        BinaryPrimitives.WriteUInt32LittleEndian(told.AsSpan(16), ++_count);
        BinaryPrimitives.WriteUInt32LittleEndian(told.AsSpan(20), _count);
        int written = Posix.Write(_fifo, told);
        if (written != told.Length)
            throw new InvalidOperationException($"the FIFO {Path} took {written} of {told.Length} bytes: nobody reads the edges");
    }

    /// <summary>The kernel tells nothing of what happened while nobody held the lines.</summary>
    public void Forget()
    {
        byte[] unread = new byte[4096];
        while (Posix.Read(_fifo, unread) > 0)
        {
        }

        _count = 0;
    }

    public void Dispose() => Posix.Close(_fifo);

    // In one piece: whoever reads it sees the old levels or the new.
    private void WriteLevels()
    {
        string file = Path + ".levels";
        File.WriteAllText(file + ".new", _levels.ToString(CultureInfo.InvariantCulture));
        File.Move(file + ".new", file, overwrite: true);
    }
}
