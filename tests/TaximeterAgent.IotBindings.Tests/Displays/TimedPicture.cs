using System.Buffers.Binary;
using System.Diagnostics;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.IotBindings.Tests.Displays;

/// <summary>What an HD44780 shows of recorded changes of its pins: its time is what passed between them, and what each takes on the bus.</summary>
/// <param name="columns">Characters a line.</param>
/// <param name="rows">Lines.</param>
/// <param name="busClock">In hertz; a transfer is nine bits of address and nine of data.</param>
internal sealed class TimedPicture(int columns, int rows, double busClock) : IDisplayPicture
{
    private readonly BackpackPicture _picture = new(columns, rows, busClock);
    private readonly TimeSpan _address = TimeSpan.FromSeconds(9 / busClock);
    private readonly byte[] _change = new byte[PinRecorder.Size];
    private int _length;
    private long? _last;

    public event Action? Leaving
    {
        add => _picture.Leaving += value;
        remove => _picture.Leaving -= value;
    }

    public IReadOnlyList<string> Faults => _picture.Faults;

    public bool Light => _picture.Light;

    public string[] Lines() => _picture.Lines();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            _change[_length++] = one;
            if (_length < _change.Length)
                continue;
            _length = 0;
            var at = BinaryPrimitives.ReadInt64LittleEndian(_change);
            _picture.Controller.Pass(Stopwatch.GetElapsedTime(_last ?? at, at) + _address);
            _last = at;
            _picture.Write(_change.AsSpan(PinRecorder.Size - 1));
        }
    }
}
