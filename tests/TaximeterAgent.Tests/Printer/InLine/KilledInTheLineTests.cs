using TaximeterAgent.Printer.InLine;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Configuration;
using Xunit.Abstractions;

namespace TaximeterAgent.Tests.Printer.InLine;

/// <summary>The agent's process in the line between a meter that prints at its speed and a printer, killed and started again in the midst of it.</summary>
public sealed class KilledInTheLineTests(ITestOutputHelper output)
{
    private const int Kills = 3;

    /// <summary>Bytes a second: 9600 baud.</summary>
    private const int Speed = 960;

    /// <summary>Bytes of a print, where there is a pause between prints.</summary>
    private const int PrintLength = 480;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Nothing_is_lost_but_what_comes_until_the_killed_agents_ports_are_closed()
    {
        using var files = new TestConfiguration();
        using var box = new BypassRelay(TimeProvider.System);
        InLine(files, box);
        using var stop = new CancellationTokenSource();
        var sent = new List<byte>();
        var kills = new List<(int From, int To)>();
        var meter = new Thread(() => Print(box, sent, [], TimeSpan.Zero, stop.Token)) { IsBackground = true };
        meter.Start();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var agent = await StartAsync(files, box, kill);
            var before = box.AtPrinter.Length;
            await UntilAsync(() => box.AtPrinter.Length > before + 200 + 77 * kill, () => "prints through the agent");
            var killed = sent.Count;
            await agent.KillAsync();
            await UntilAsync(() => !box.Held, () => "the bypass");
            kills.Add((killed, sent.Count));
            before = box.AtPrinter.Length;
            await UntilAsync(() => box.AtPrinter.Length > before + 100, () => "prints by the bypass");
        }

        await stop.CancelAsync();
        meter.Join();
        var gaps = Gaps([.. sent], box.AtPrinter);
        output.WriteLine($"{sent.Count} bytes sent, {box.Bypassed} by the bypass, {box.AtPrinter.Length} printed; lost at {Kills} kills: {string.Join(", ", gaps.Select(gap => gap.Length))}");
        output.WriteLine($"bytes between each kill and the bypass: {string.Join(", ", kills.Select(kill => kill.To - kill.From))}; lost from before a kill: {string.Join(", ", gaps.Select(InHand))}");
        Assert.True(box.Bypassed > 0 && box.Bypassed < sent.Count);
        // Until the kernel has taken a killed process apart its ports are open, and the contacts where they are: what comes then is nobody's. Nothing else is lost but one read.
        // Where a gap begins is known only to what two lines have in common, which is less than one.
        Assert.All(gaps, gap => Assert.Single(kills, kill => gap.At >= kill.From - PassThrough.AtOnce - LineLength && gap.At + gap.Length <= kill.To + LineLength));

        int InHand((int At, int Length) gap) => Math.Max(0, kills.Find(kill => gap.At + gap.Length <= kill.To + LineLength).From - gap.At);
    }

    [Fact]
    public async Task Stopped_in_the_midst_of_a_print_it_leaves_the_line_behind_it_and_nothing_is_lost_though_the_contacts_take_their_time()
    {
        using var files = new TestConfiguration();
        using var box = new BypassRelay(TimeProvider.System) { Falling = TimeSpan.FromMilliseconds(5) };
        InLine(files, box);
        using var stop = new CancellationTokenSource();
        var sent = new List<byte>();
        var stalls = new List<int>();
        var meter = new Thread(() => Print(box, sent, stalls, TimeSpan.FromMilliseconds(600), stop.Token)) { IsBackground = true };
        meter.Start();
        for (var time = 0; time < Kills; time++)
        {
            await using var agent = await StartAsync(files, box, time);
            var before = sent.Count;
            // In the midst of a print: some of its lines are out.
            await UntilAsync(() => sent.Count > before + PrintLength && sent.Count % PrintLength is > 40 and < PrintLength / 2, () => "a print through the agent");
            Assert.Equal(0, await agent.StopAsync(s_patience));
            await UntilAsync(() => !box.Held, () => "the bypass");
            before = sent.Count;
            await UntilAsync(() => sent.Count > before + PrintLength, () => "a print by the bypass");
        }

        await stop.CancelAsync();
        meter.Join();
        output.WriteLine($"{sent.Count} bytes sent, {box.Bypassed} by the bypass, {box.AtPrinter.Length} printed, {box.LostInMotion} lost by the contacts; the meter had no processor at {string.Join(", ", stalls)}; lost at {string.Join(", ", Gaps([.. sent], box.AtPrinter))}");
        Assert.True(box.Bypassed > 0 && box.Bypassed < sent.Count);
        // A meter of ours that had no processor for so long has made a pause where a real one makes none.
        Assert.All(Gaps([.. sent], box.AtPrinter), gap => Assert.Contains(stalls, stall => gap.At >= stall && gap.At < stall + PrintLength / 2));
    }

    [Fact]
    public void A_byte_that_is_changed_or_moved_would_be_seen()
    {
        byte[] sent = [.. Numbered(0, 50)];
        Assert.Equal([(14, 8)], Gaps(sent, [.. sent[..8], .. sent[16..]]));
        byte[] changed = [.. sent];
        changed[20] ^= 1;
        Assert.ThrowsAny<Exception>(() => Gaps(sent, changed));
        Assert.ThrowsAny<Exception>(() => Gaps(sent, [.. sent[8..16], .. sent[..8], .. sent[16..]]));
    }

    private const int LineLength = 8;

    // Lines that are all different, so that it is certain which bytes are missing.
    private static IEnumerable<byte> Numbered(int from, int count) =>
        Enumerable.Range(from, count).SelectMany(number => System.Text.Encoding.ASCII.GetBytes(number.ToString("D7", System.Globalization.CultureInfo.InvariantCulture) + "\n"));

    private static void InLine(TestConfiguration files, BypassRelay box)
    {
        var folder = Path.GetDirectoryName(files.File)!;
        files.With("Printer:Kind", "\"escpos\"").With("Printer:Port", $"\"{box.PrinterPort}\"").With("Printer:MeterPort", $"\"{box.MeterPort}\"").With("Printer:Bypass", "\"dtr\"")
            .With("Driver:Keypad", "\"none\"").With("Driver:Display", "\"none\"").With("Outbox:Directory", $"\"{folder}/outbox\"").With("Control:Socket", $"\"{folder}/c\"")
            .With("Meter:Serial:Port", "\"/dev/no-such-meter\"").With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"");
        Directory.CreateDirectory(Path.Combine(folder, "outbox"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<AgentProcess> StartAsync(TestConfiguration files, BypassRelay box, int time)
    {
        var folder = Path.GetDirectoryName(files.File)!;
        var agent = AgentProcess.Start(AgentCommand.BuiltWithUs(), ["run", "--config", files.File], folder, Path.Combine(folder, $"agent-{time}"));
        await UntilAsync(() => box.Held, () => $"the agent in the line; it wrote: {string.Join(" / ", agent.Tail)}");
        return agent;
    }

    private static void Print(BypassRelay box, List<byte> sent, List<int> stalls, TimeSpan pause, CancellationToken stop)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var begun = 0;
        var last = TimeSpan.Zero;
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            if (pause > TimeSpan.Zero && sent.Count % PrintLength == 0)
            {
                Thread.Sleep(pause);
                clock = System.Diagnostics.Stopwatch.StartNew();
                (begun, last) = (sent.Count, TimeSpan.Zero);
            }

            foreach (var one in Numbered(number, 1))
            {
                if (clock.Elapsed - last > TimeSpan.FromMilliseconds(PassThrough.Pause / 4))
                    stalls.Add(sent.Count);
                box.FromMeter([one]);
                sent.Add(one);
                last = clock.Elapsed;
                while (clock.Elapsed.TotalSeconds * Speed < sent.Count - begun)
                    Thread.Sleep(1);
            }
        }
    }

    // What is missing, as (where, how much); anything but missing bytes fails.
    private static List<(int At, int Length)> Gaps(byte[] sent, byte[] printed)
    {
        var gaps = new List<(int At, int Length)>();
        var at = 0;
        for (var shown = 0; shown < printed.Length; shown++)
        {
            if (at < sent.Length && sent[at] == printed[shown])
            {
                at++;
                continue;
            }

            // The next place where all that follows for two lines is as it was sent.
            var rest = printed.AsSpan(shown, Math.Min(16, printed.Length - shown));
            var found = sent.AsSpan(at).IndexOf(rest);
            Assert.True(found > 0, $"byte {shown} is not what was sent: '{Shown(printed, shown)}' and not '{Shown(sent, at)}'");
            gaps.Add((at, found));
            at += found + 1;
        }

        if (at < sent.Length)
            gaps.Add((at, sent.Length - at));
        return gaps;
    }

    private static string Shown(byte[] bytes, int at) =>
        System.Text.Encoding.Latin1.GetString(bytes[Math.Max(0, at - 24)..Math.Min(bytes.Length, at + 40)]).Replace("\n", "|", StringComparison.Ordinal).Replace("\0", "@", StringComparison.Ordinal);

    private static async Task UntilAsync(Func<bool> condition, Func<string> what)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"{what()} did not come about");
            await Task.Delay(5);
        }
    }
}
