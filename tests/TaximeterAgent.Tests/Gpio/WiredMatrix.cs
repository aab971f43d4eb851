using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>
/// A matrix of keys as wires and contacts: a row that is driven reaches every column that pressed keys join it to, by whatever detour. Edges go through a FIFO as the
/// kernel writes them; its writer goes with the chip.
/// </summary>
/// <param name="files">Where the FIFOs are; a chip that is plugged in again has one of its own.</param>
/// <param name="rows">Lines that are driven.</param>
/// <param name="columns">Lines that are read.</param>
internal sealed class WiredMatrix(TestFiles files, int rows, int columns) : IGpioSource, IDisposable
{
    private const int None = -1;

    private readonly Lock _gate = new();
    private readonly HashSet<(int Row, int Column)> _down = [];
    private uint _count;
    private int _chips;
    private int _writer = None;
    private string _fifo = "";
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
        lock (_gate)
        {
            lines = null;
            if (_writer == None)
                return DeviceOpening.Failed(DeviceState.Missing, "there is no such chip");
            lines = new Lines(this, _chips);
            _count = 0;
            _driven = 0;
            _low = Reached();
            return new DeviceOpening(Libc.Open(_fifo, Libc.ReadOnly | Libc.NonBlocking | Libc.CloseOnExec, 0), new DeviceStatus(DeviceState.Open, "open"));
        }
    }

    /// <summary>The chip is plugged in, with no key down.</summary>
    public void PlugIn()
    {
        lock (_gate)
        {
            _down.Clear();
            _fifo = files.Fifo($"edges-{++_chips}");
            _writer = TestFiles.Open(_fifo);
        }
    }

    /// <summary>The chip is gone: its descriptor hangs up, its levels cannot be had.</summary>
    public void Unplug()
    {
        lock (_gate)
        {
            if (_writer != None)
                TestFiles.Close(_writer);
            _writer = None;
        }
    }

    public void Dispose() => Unplug();

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
            // What does not fit is counted and dropped, as the kernel does.
            if (_writer != None)
                TestFiles.TryWrite(_writer, GpioEventsTests.Event(++_count, (uint)column, (now >> column & 1) != 0));
        }

        _low = now;
    }

    private sealed class Lines(WiredMatrix matrix, int chip) : IGpioLines
    {
        private bool Gone => matrix._chips != chip || matrix._writer == None;

        public int IndexOf(uint offset) => (int)offset;

        public bool TryRead(ulong mask, out ulong bits)
        {
            lock (matrix._gate)
            {
                matrix.Reads++;
                bits = Gone ? 0 : matrix.Reached() & mask;
                return !Gone;
            }
        }

        public bool TryWrite(ulong mask, ulong bits)
        {
            lock (matrix._gate)
            {
                if (Gone)
                    return false;
                matrix._driven = (matrix._driven & ~mask) | (bits & mask);
                matrix.TellEdges();
                return true;
            }
        }
    }
}
