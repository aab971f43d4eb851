using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Gpio;

public sealed class SignalLinesTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly ManualTime _time = new();
    private readonly Levels _levels;
    private SignalLines? _signals;

    public SignalLinesTests() => _levels = new Levels(_files.Fifo("chip"), _time);

    public void Dispose()
    {
        _signals?.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void Each_signal_has_a_pattern_of_its_own()
    {
        Start("1", "1", "1");
        Give(Signal.Paid);
        Give(Signal.Refused);
        Give(Signal.Attention);
        Assert.Equal([600, 150, 150, 150, 80, 80], _levels.Pulses(0b1));
    }

    [Fact]
    public void Each_signal_may_have_a_line_of_its_own()
    {
        Start("1", "2", "3");
        Give(Signal.Paid);
        Give(Signal.Attention);
        Assert.Equal([600], _levels.Pulses(0b1));
        Assert.Empty(_levels.Pulses(0b10));
        Assert.Equal([80, 80], _levels.Pulses(0b100));
    }

    [Fact]
    public void A_signal_without_a_line_is_none()
    {
        Start("1", "", "");
        Give(Signal.Refused);
        Assert.Empty(_levels.Pulses(0b1));
    }

    [Fact]
    public void Signals_wait_for_each_other_but_not_without_end()
    {
        Start("1", "1", "1");
        for (var i = 0; i < 50; i++)
            _signals!.Give(Signal.Paid);
        Pass(TimeSpan.FromMinutes(2));
        Assert.Equal([600, 600, 600], _levels.Pulses(0b1));
    }

    [Fact]
    public void A_line_that_blocks_holds_nobody_up()
    {
        Start("1", "1", "1");
        using var blocked = new ManualResetEventSlim();
        _levels.Block = blocked;
        _signals!.Give(Signal.Paid);
        var writer = new Thread(() => _time.Advance(TimeSpan.FromMilliseconds(1)));
        writer.Start();
        Assert.True(SpinWait.SpinUntil(() => _levels.Blocking, TimeSpan.FromSeconds(30)));
        // While the driver does not come back: whoever gives a signal does.
        for (var i = 0; i < 50; i++)
            _signals.Give(Signal.Refused);
        Assert.True(_levels.Blocking);
        _levels.Block = null;
        blocked.Set();
        Assert.True(writer.Join(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Nothing_sounds_on_when_the_agent_stops()
    {
        Start("1", "1", "1");
        _signals!.Give(Signal.Paid);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1ul, _levels.Now);
        _signals.Dispose();
        Assert.Equal(0ul, _levels.Now);
    }

    private void Start(string paid, string refused, string attention)
    {
        _signals = new SignalLines(
            new LinePlan { Chip = "c" },
            new Dictionary<Signal, string> { [Signal.Paid] = paid, [Signal.Refused] = refused, [Signal.Attention] = attention },
            _levels,
            _time);
        var log = new StatusLog(_time);
        _signals.Start(log.Add);
        Assert.Equal(DeviceState.Open, log.Next().State);
    }

    private void Give(Signal signal)
    {
        _signals!.Give(signal);
        Pass(TimeSpan.FromSeconds(2));
    }

    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(10))
            _time.Advance(TimeSpan.FromMilliseconds(10));
    }

    private sealed class Levels(string fifo, ManualTime time) : IGpioSource, IGpioLines
    {
        private readonly List<(DateTimeOffset At, ulong Bits)> _written = [];

        public ManualResetEventSlim? Block { get; set; }

        public bool Blocking { get; private set; }

        public ulong Now => _written[^1].Bits;

        public DeviceOpening Open(string name, LinePlan plan, out IGpioLines? lines)
        {
            Assert.Empty(plan.Inputs);
            lines = this;
            return new DeviceOpening(TestFiles.Open(fifo), new DeviceStatus(DeviceState.Open, "open"));
        }

        public int IndexOf(uint offset) => -1;

        public bool TryRead(ulong mask, out ulong bits) => throw new InvalidOperationException("Nobody reads a buzzer.");

        public bool TryWrite(ulong mask, ulong bits)
        {
            if (Block is { } block)
            {
                Blocking = true;
                block.Wait(TimeSpan.FromSeconds(30));
                Blocking = false;
            }

            _written.Add((time.GetUtcNow(), bits & mask));
            return true;
        }

        /// <summary>How long the line was on, each time, in milliseconds.</summary>
        public IEnumerable<int> Pulses(ulong line)
        {
            for (var i = 0; i + 1 < _written.Count; i++)
            {
                if ((_written[i].Bits & line) != 0)
                    yield return (int)(_written[i + 1].At - _written[i].At).TotalMilliseconds / 10 * 10;
            }
        }
    }
}
