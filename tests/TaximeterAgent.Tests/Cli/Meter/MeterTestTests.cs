using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Meter;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Tests.Meter.Tfp;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Meter;

/// <summary>What <c>meter test</c> finds out, on a real pseudo terminal with a meter, a bad meter, or none at its other end.</summary>
public sealed class MeterTestTests : IDisposable
{
    private const string Hello = "HELLO|7|proto=1|meter=NO-4711|model=Semel|fw=2.1";
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);
    private readonly TestTerminal _terminal = new();

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public async Task A_meter_that_hears_and_is_heard_is_good()
    {
        var verdict = await TestAsync(heard => heard.Type == "HELLO" ? [TfpBench.Ack(heard.Payload), Hello] : []);
        Assert.Equal(ExitCode.Ok, verdict.ExitCode);
        Assert.Contains("meter NO-4711, Semel, firmware 2.1", verdict.Lines);
        Assert.Contains("19200 baud, parity none, 8 data bits, 1 stop bit", verdict.Lines);
    }

    [Fact]
    public async Task A_fare_is_never_acknowledged_by_a_test()
    {
        var acknowledged = new List<string>();
        var verdict = await TestAsync(heard =>
        {
            if (heard.Type == "ACK")
                acknowledged.Add(heard.Payload);
            // The fare first: whoever answered it would have done so before the test ends.
            return heard.Type == "HELLO" ? [TfpBench.Fare345, "PING|8"] : acknowledged.Count == 1 && heard.Type == "ACK" ? [TfpBench.Ack(_lastHello), Hello] : [];
        });
        Assert.Equal(ExitCode.Ok, verdict.ExitCode);
        Assert.Contains(TfpBench.Ack("PING|8"), acknowledged);
        Assert.DoesNotContain(TfpBench.Ack(TfpBench.Fare345), acknowledged);
    }

    [Fact]
    public async Task A_meter_that_is_heard_and_does_not_hear_has_a_broken_wire()
    {
        var verdict = await TestAsync(heard => heard.Type == "HELLO" ? ["PING|1"] : [], TimeSpan.FromSeconds(2));
        Assert.Equal(ExitCode.NotPossible, verdict.ExitCode);
        Assert.Contains("the wire from the agent (TX)", verdict.Lines[^1]);
    }

    [Fact]
    public async Task A_line_that_echoes_is_named_so()
    {
        var verdict = await TestAsync(heard => heard.Type == "HELLO" ? [heard.Payload] : [], TimeSpan.FromSeconds(2));
        Assert.Equal(ExitCode.NotPossible, verdict.ExitCode);
        Assert.Contains("only our own words come back", verdict.Lines[^1]);
    }

    [Fact]
    public async Task Another_meter_is_named()
    {
        var verdict = await TestAsync(heard => heard.Type == "HELLO" ? [Hello] : [], s_long, meter: "NO-9999");
        Assert.Equal(ExitCode.NotPossible, verdict.ExitCode);
        Assert.Contains("calls itself NO-4711, the configuration has NO-9999", verdict.Lines[^1]);
    }

    [Fact]
    public async Task A_meter_that_refuses_HELLO_speaks_another_version()
    {
        var verdict = await TestAsync(heard => heard.Type == "HELLO" ? [TfpBench.Nak(heard.Payload, "field:proto")] : [], TimeSpan.FromSeconds(2));
        Assert.Equal(ExitCode.NotPossible, verdict.ExitCode);
        Assert.Contains("field:proto", verdict.Lines[^1]);
    }

    [Fact]
    public async Task Silence_says_what_to_look_at()
    {
        var verdict = await TestAsync(_ => [], TimeSpan.FromSeconds(1));
        Assert.Equal(ExitCode.Unavailable, verdict.ExitCode);
        Assert.Contains("RX and TX are swapped", verdict.Lines[^1]);
    }

    [Fact]
    public async Task Garbage_at_one_speed_is_tried_at_the_others_until_it_is_understood()
    {
        // A pseudo terminal has no speed of its own; the meter looks at what is asked of it, and is understood at 9600 only.
        var verdict = await TestAsync(heard => [], TimeSpan.FromSeconds(2), play: () =>
        {
            if (!TerminalSettings.TryGet(_terminal.Master, out var settings))
                return [];
            return settings.OutputSpeed == 9600 ? TfpBench.Frame("PING|1") : [0xF8, 0x00, 0x78, 0x86, 0xE6, 0x80];
        });
        Assert.Equal(ExitCode.NotPossible, verdict.ExitCode);
        Assert.Contains("set Meter:Serial:BaudRate to 9600 and Meter:Serial:Parity to none", verdict.Lines[^1]);
    }

    [Fact]
    public async Task A_line_that_is_taken_says_so()
    {
        using var other = new TermiosLine(new SerialLineOptions { Port = _terminal.Path }, TimeProvider.System);
        using var opened = new ManualResetEventSlim();
        other.Start(new Opened(opened));
        Assert.True(opened.Wait(s_long));
        var verdict = await TestAsync(_ => []);
        Assert.Equal(ExitCode.TryAgain, verdict.ExitCode);
        Assert.Contains("is in use by", verdict.Lines[^1]);
    }

    [Fact]
    public void Seven_bits_with_parity_are_known_by_what_is_left_without_the_eighth()
    {
        var frame = TfpBench.Frame("PING|1");
        byte[] even = [.. frame.Select(value => (byte)(value | (System.Numerics.BitOperations.PopCount(value) % 2 == 0 ? 0 : 0x80)))];
        Assert.True(MeterTest.LooksLikeSevenBits(even));
        Assert.False(MeterTest.LooksLikeSevenBits(frame));
        Assert.False(MeterTest.LooksLikeSevenBits([0xF8, 0x00, 0x78, 0x86]));
    }

    private string _lastHello = "";

    private Task<MeterVerdict> TestAsync(Func<(string Type, string Payload), string[]> answers) => TestAsync(answers, s_long);

    private async Task<MeterVerdict> TestAsync(Func<(string Type, string Payload), string[]> answers, TimeSpan limit, string meter = "", Func<byte[]>? play = null)
    {
        using var done = new CancellationTokenSource();
        var thread = new Thread(() => Play(answers, play, done.Token));
        thread.Start();
        try
        {
            var test = new MeterTest(
                options => new TermiosLine(options, TimeProvider.System),
                new SerialLineOptions { Port = _terminal.Path },
                LineProbe.Speaking("meter-test", meter, Country.NO, Currency.NOK),
                TimeProvider.System);
            return await test.RunAsync(limit, CancellationToken.None);
        }
        finally
        {
            await done.CancelAsync();
            thread.Join();
        }
    }

    private void Play(Func<(string Type, string Payload), string[]> answers, Func<byte[]>? play, CancellationToken done)
    {
        var reader = new FrameReader();
        while (!done.IsCancellationRequested)
        {
            if (play?.Invoke() is { Length: > 0 } bytes)
                TestFiles.TryWrite(_terminal.Master, bytes);
            ReadOnlySpan<byte> heard = TestFiles.ReadWithin(_terminal.Master, milliseconds: 50);
            while (reader.TryRead(ref heard, out var frame))
            {
                var type = frame.Payload.Split('|')[0];
                if (type == "HELLO")
                    _lastHello = frame.Payload;
                foreach (var answer in answers((type, frame.Payload)))
                    TestFiles.TryWrite(_terminal.Master, TfpBench.Frame(answer));
            }
        }
    }

    private sealed class Opened(ManualResetEventSlim opened) : ISerialEvents
    {
        public void Received(ReadOnlySpan<byte> bytes)
        {
            // Nothing is said.
        }

        public void Changed(DeviceStatus status)
        {
            if (status.State == DeviceState.Open)
                opened.Set();
        }
    }
}
