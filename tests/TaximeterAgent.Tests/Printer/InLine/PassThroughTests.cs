using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Printer;
using TaximeterAgent.Printer.InLine;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.Tests.Printer.InLine;

/// <summary>The agent's part of the line, between a meter and a printer with a bypass around it.</summary>
public sealed class PassThroughTests : IDisposable, ISerialEvents
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] s_everyByte = [.. Enumerable.Range(0, 256).Select(value => (byte)value), 0x11, 0x13, 0x0D, 0x0A, 0xFF, 0xFF, 0x00];

    private readonly ManualTime _time = new();
    private readonly BypassRelay _box = new(TimeProvider.System);
    private readonly List<byte> _heard = [];
    private InLinePrinter _agent;

    public PassThroughTests() => _agent = Start();

    public void Dispose()
    {
        _agent.Dispose();
        _box.Dispose();
    }

    [Fact]
    public void Every_byte_goes_on_unchanged_both_ways_and_is_heard()
    {
        _box.FromMeter(s_everyByte);
        _box.FromPrinter(s_everyByte);
        Until(() => _box.AtPrinter.Length >= s_everyByte.Length && _box.AtMeter.Length >= s_everyByte.Length, "the bytes");
        Assert.Equal(s_everyByte, _box.AtPrinter);
        Assert.Equal(s_everyByte, _box.AtMeter);
        Until(() => Heard().Length == s_everyByte.Length, "their being heard");
        Assert.Equal(s_everyByte, Heard());
        Assert.Equal(0, _box.Bypassed);
    }

    [Fact]
    public void As_fast_as_it_can_be_sent_nothing_is_lost_while_the_processors_are_busy()
    {
        var random = new Random(1);
        var sent = new byte[512 * 1024];
        random.NextBytes(sent);
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() => Spin(stop.Token)) { IsBackground = true }).ToList();
        load.ForEach(thread => thread.Start());
        for (var at = 0; at < sent.Length; at += 997)
        {
            var piece = sent.AsSpan(at, Math.Min(997, sent.Length - at));
            _box.FromMeter(piece);
            if (at % 7 == 0)
                _box.FromPrinter(piece[..8]);
        }

        Until(() => _box.AtPrinter.Length >= sent.Length, "all bytes");
        stop.Cancel();
        load.ForEach(thread => thread.Join());
        Assert.Equal(sent, _box.AtPrinter);
    }

    [Fact]
    public void Our_slip_waits_until_the_meter_is_quiet_and_the_meters_next_print_waits_for_its_end()
    {
        Pass(s_quiet);
        _box.FromMeter("\u001Bt\u0002Taxi\n"u8);
        Until(() => _box.AtPrinter.Length == 8, "the meter's beginning");
        _agent.PrintLink(PrinterRig.Slip());
        Pass(s_quiet - TimeSpan.FromMilliseconds(100));
        _box.FromMeter("345,00\n"u8);
        Until(() => _box.AtPrinter.Length == 15, "the meter's end");
        Pass(s_quiet - TimeSpan.FromMilliseconds(100));
        Assert.Equal(15, _box.AtPrinter.Length);
        Assert.Equal(SlipState.Waiting, _agent.Status.Link);
        Pass(TimeSpan.FromMilliseconds(200));
        Until(() => _agent.Status.Link == SlipState.Printed, "our slip");
        _box.FromMeter("more\n"u8);
        Until(() => Text().EndsWith("more\n", StringComparison.Ordinal), "the meter's next print");
        // Our slip, then the meter's code page again, then the meter.
        Assert.EndsWith("\u001Bt\u0002more\n", Text(), StringComparison.Ordinal);
        var roll = new PaperRoll();
        roll.Write(_box.AtPrinter);
        Assert.Equal([PrinterRig.Link], Assert.Single(roll.Slips).Links);
        Assert.Equal("\u001Bt\u0002Taxi\n345,00\nmore\n", System.Text.Encoding.Latin1.GetString(Heard()));
    }

    [Fact]
    public void Closed_it_is_out_of_the_line_and_meter_and_printer_are_connected_by_themselves()
    {
        _agent.Dispose();
        Until(() => !_box.Held, "the bypass");
        _box.FromMeter(s_everyByte);
        _box.FromPrinter(s_everyByte);
        Assert.Equal(s_everyByte, _box.AtPrinter);
        Assert.Equal(s_everyByte, _box.AtMeter);
        Assert.Equal(s_everyByte.Length, _box.Bypassed);

        _agent = Start();
        _box.FromMeter(s_everyByte);
        Until(() => _box.AtPrinter.Length == 2 * s_everyByte.Length, "the bytes through the agent again");
        Assert.Equal(s_everyByte.Length, _box.Bypassed);
    }

    [Fact]
    public void Without_the_printers_port_the_meters_is_left_alone_and_the_bypass_does_not_move()
    {
        _agent.Dispose();
        Until(() => !_box.Held, "the bypass");
        var changes = _box.Changes;
        var style = new PaperStyle(32, new CodePage(850), QrPrinting.Native, PaperCut.Partial, [], "Vipps", "A", TimeZoneInfo.Utc);
        var printer = new PrinterPort("/dev/no-such-printer", 19_200, FlowControl.None);
        _agent = new InLinePrinter(printer with { Path = _box.MeterPort, HoldsBypass = true }, printer, s_quiet, style, heard: true, _time);
        _agent.Start(_ => { }, _ => { });
        _agent.Start(this);
        Until(() => _agent.Device is { State: DeviceState.Missing }, "the want of a printer");
        Assert.Equal(changes, _box.Changes);
        _box.FromMeter(s_everyByte);
        Assert.Equal(s_everyByte, _box.AtPrinter[^s_everyByte.Length..]);
    }

    void ISerialEvents.Received(ReadOnlySpan<byte> bytes)
    {
        lock (_heard)
            _heard.AddRange(bytes);
    }

    void ISerialEvents.Changed(DeviceStatus status)
    {
        // The line's own status is asked.
    }

    private static void Spin(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            Thread.SpinWait(1000);
    }

    private InLinePrinter Start()
    {
        var style = new PaperStyle(32, new CodePage(858), QrPrinting.Native, PaperCut.Partial, ["Taxi"], "Vipps", "NO-4711-T7", TimeZoneInfo.Utc);
        var printer = new PrinterPort(_box.PrinterPort, 19_200, FlowControl.None);
        var agent = new InLinePrinter(printer with { Path = _box.MeterPort, HoldsBypass = true }, printer, s_quiet, style, heard: true, _time);
        agent.Start(_ => { }, _ => { });
        agent.Start(this);
        _agent = agent;
        Until(() => _box.Held && agent.Device is { State: DeviceState.Open }, "the agent in the line");
        return agent;
    }

    private byte[] Heard()
    {
        lock (_heard)
            return [.. _heard];
    }

    private string Text() => System.Text.Encoding.Latin1.GetString(_box.AtPrinter);

    private void Pass(TimeSpan time)
    {
        for (var step = 0; step < 20; step++)
        {
            _time.Advance(time / 20);
            Thread.Sleep(2);
        }
    }

    private static void Until(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"{what} did not come about");
            Thread.Sleep(2);
        }
    }
}
