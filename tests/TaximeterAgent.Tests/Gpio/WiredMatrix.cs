using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>
/// A matrix of keys as wires and contacts: a row that is driven reaches every column that pressed keys join it to, by whatever detour. Edges go through a FIFO as the
/// kernel writes them.
/// </summary>
internal sealed class WiredMatrix(string fifo, int rows, int columns) : IGpioSource
{
    private readonly Lock _gate = new();
    private readonly HashSet<(int Row, int Column)> _down = [];
    private uint _count;
    private ulong _driven;
    private ulong _low;

    /// <summary>Columns that are joined to ground.</summary>
    public ulong Shorted { get; set; }

    /// <summary>How often the levels were read.</summary>
    public int Reads { get; private set; }

    /// <summary>The rows that are driven.</summary>
    public ulong Driven
    {
        get
        {
            lock (_gate)
                return _driven >> columns;
        }
    }

    public DeviceOpening Open(string name, LinePlan plan, out IGpioLines? lines)
    {
        Assert.True(plan is { ActiveLow: true, OpenDrain: true, Bias: LineBias.PullUp });
        Assert.Equal((columns, rows), (plan.Inputs.Count, plan.Outputs.Count));
        lines = new Lines(this);
        lock (_gate)
            _count = 0;
        return new DeviceOpening(TestFiles.Open(fifo), new DeviceStatus(DeviceState.Open, "open"));
    }

    public void Press(int row, int column)
    {
        lock (_gate)
        {
            _down.Add((row, column));
            TellEdges();
        }
    }

    public void Release(int row, int column)
    {
        lock (_gate)
        {
            _down.Remove((row, column));
            TellEdges();
        }
    }

    // Rows reach columns, columns reach rows, until nothing more is reached.
    private ulong Reached()
    {
        var driven = _driven >> columns;
        ulong low = 0;
        for (var turn = 0; turn < rows + columns; turn++)
        {
            foreach (var (row, column) in _down)
            {
                if ((driven >> row & 1) != 0 || (low >> column & 1) != 0)
                {
                    driven |= 1ul << row;
                    low |= 1ul << column;
                }
            }
        }

        return low | Shorted;
    }

    private void TellEdges()
    {
        var now = Reached();
        for (var column = 0; column < columns; column++)
        {
            if (((now ^ _low) >> column & 1) == 0)
                continue;
            var writer = TestFiles.Open(fifo);
            // What does not fit is counted and dropped, as the kernel does.
            TestFiles.TryWrite(writer, GpioEventsTests.Event(++_count, (uint)column, (now >> column & 1) != 0));
            TestFiles.Close(writer);
        }

        _low = now;
    }

    private sealed class Lines(WiredMatrix matrix) : IGpioLines
    {
        public int IndexOf(uint offset) => (int)offset;

        public bool TryRead(ulong mask, out ulong bits)
        {
            lock (matrix._gate)
            {
                matrix.Reads++;
                bits = matrix.Reached() & mask;
                return true;
            }
        }

        public bool TryWrite(ulong mask, ulong bits)
        {
            lock (matrix._gate)
            {
                matrix._driven = (matrix._driven & ~mask) | (bits & mask);
                matrix.TellEdges();
                return true;
            }
        }
    }
}
