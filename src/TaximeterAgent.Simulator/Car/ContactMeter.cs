using System.Buffers.Binary;
using System.Globalization;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// A taximeter that says no amount: three contacts, as the kernel's GPIO device tells of them (<c>struct gpio_v2_line_event</c>), into a FIFO that the agent reads in
/// a chip's place; beside it a file that says how the contacts stand.
/// </summary>
internal sealed class ContactMeter : IDisposable
{
    public const int HiredLine = 4;
    public const int StoppedLine = 5;
    public const int PaidLine = 6;

    /// <summary><c>struct gpio_v2_line_event</c>: time, kind, line, two counts, and room for more.</summary>
    internal const int EventSize = 48;

    private const uint Rising = 1;
    private const uint Falling = 2;

    private readonly int _fifo;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<ContactRide> _rides = [];
    private ulong _levels;
    private uint _count;

    /// <param name="path">Where the FIFO is made; must not exist.</param>
    /// <param name="id">What the meter is called in the agent's configuration.</param>
    /// <param name="time">The time in the events.</param>
    public ContactMeter(string path, string id, TimeProvider time)
    {
        Path = path;
        Id = id;
        _time = time;
        WriteLevels();
        Posix.MakeFifo(path);
        // Opened for both directions: the FIFO exists whether or not an agent reads, and neither side ever waits for the other.
        _fifo = Posix.Open(path, Posix.ReadWrite | Posix.NonBlocking);
    }

    public event Action<string>? Moved;

    public string Path { get; }

    public string Id { get; }

    /// <summary>The rides that were stopped, oldest first.</summary>
    public IReadOnlyList<ContactRide> Rides
    {
        get
        {
            lock (_gate)
                return [.. _rides];
        }
    }

    /// <summary>The passenger gets in. The contact bounces, as contacts do.</summary>
    public void Hired()
    {
        Moved?.Invoke("hired");
        lock (_gate)
        {
            _rides.Add(new ContactRide(_time.GetUtcNow()));
            Set(HiredLine, true);
            Set(HiredLine, false);
            Set(HiredLine, true);
        }
    }

    public void Stopped()
    {
        Moved?.Invoke("stopped");
        lock (_gate)
        {
            Set(StoppedLine, true);
            Set(StoppedLine, false);
            Set(StoppedLine, true);
            Set(HiredLine, false);
        }
    }

    public void ForHire()
    {
        Moved?.Invoke("for hire");
        lock (_gate)
        {
            Set(HiredLine, false);
            Set(StoppedLine, false);
            Set(PaidLine, false);
        }
    }

    /// <summary>The fare was closed at the meter; a pulse, or until <see cref="ForHire"/>.</summary>
    public void Paid()
    {
        Moved?.Invoke("paid");
        lock (_gate)
            Set(PaidLine, true);
    }

    /// <summary>The kernel drops what happened while nobody held the lines.</summary>
    public void Forget()
    {
        byte[] unread = new byte[4096];
        while (Posix.Read(_fifo, unread) > 0)
        {
        }

        lock (_gate)
            _count = 0;
    }

    public void Dispose() => Posix.Close(_fifo);

    private void Set(int line, bool active)
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
            throw new InvalidOperationException($"the contacts' FIFO took {written} of {told.Length} bytes: nobody reads the edges");
    }

    // In one piece: whoever reads it sees the old levels or the new.
    private void WriteLevels()
    {
        string file = Path + ".levels";
        File.WriteAllText(file + ".new", _levels.ToString(CultureInfo.InvariantCulture));
        File.Move(file + ".new", file, overwrite: true);
    }
}

/// <param name="Hired">When the passenger got in.</param>
internal sealed record ContactRide(DateTimeOffset Hired);
