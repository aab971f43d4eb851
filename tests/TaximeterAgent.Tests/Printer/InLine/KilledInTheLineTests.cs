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

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Nothing_is_lost_but_what_was_in_the_agents_hands_when_it_was_killed()
    {
        using var files = new TestConfiguration();
        using var box = new BypassRelay(TimeProvider.System);
        var folder = Path.GetDirectoryName(files.File)!;
        files.With("Printer:Kind", "\"escpos\"").With("Printer:Port", $"\"{box.PrinterPort}\"").With("Printer:MeterPort", $"\"{box.MeterPort}\"").With("Printer:Bypass", "\"dtr\"")
            .With("Driver:Keypad", "\"none\"").With("Driver:Display", "\"none\"").With("Outbox:Directory", $"\"{folder}/outbox\"").With("Control:Socket", $"\"{folder}/c\"")
            .With("Meter:Serial:Port", "\"/dev/no-such-meter\"").With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"");
        Directory.CreateDirectory(Path.Combine(folder, "outbox"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var stop = new CancellationTokenSource();
        var sent = new List<byte>();
        var meter = new Thread(() => Print(box, sent, stop.Token)) { IsBackground = true };
        meter.Start();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var agent = AgentProcess.Start(AgentCommand.BuiltWithUs(), ["run", "--config", files.File], folder, Path.Combine(folder, $"agent-{kill}"));
            await UntilAsync(() => box.Held, () => $"the agent in the line; it wrote: {string.Join(" / ", agent.Tail)}");
            var before = box.AtPrinter.Length;
            await UntilAsync(() => box.AtPrinter.Length > before + 200 + 77 * kill, () => "prints through the agent");
            await agent.KillAsync();
            await UntilAsync(() => !box.Held, () => "the bypass");
            before = box.AtPrinter.Length;
            await UntilAsync(() => box.AtPrinter.Length > before + 100, () => "prints by the bypass");
        }

        await stop.CancelAsync();
        meter.Join();
        var gaps = Gaps([.. sent], box.AtPrinter);
        output.WriteLine($"{sent.Count} bytes sent, {box.Bypassed} by the bypass, {box.AtPrinter.Length} printed; lost at {Kills} kills: {string.Join(", ", gaps.Select(gap => gap.Length))}");
        Assert.True(box.Bypassed > 0 && box.Bypassed < sent.Count);
        Assert.True(gaps.Count <= Kills, $"{gaps.Count} gaps");
        // To the one read comes what the kernel held unread because the agent had no processor: half a second of the meter's line, on a machine that runs all tests at once.
        Assert.All(gaps, gap => Assert.InRange(gap.Length, 1, 8 * PassThrough.AtOnce));
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

    // Lines that are all different, so that it is certain which bytes are missing.
    private static IEnumerable<byte> Numbered(int from, int count) =>
        Enumerable.Range(from, count).SelectMany(number => System.Text.Encoding.ASCII.GetBytes(number.ToString("D7", System.Globalization.CultureInfo.InvariantCulture) + "\n"));

    private static void Print(BypassRelay box, List<byte> sent, CancellationToken stop)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            foreach (var one in Numbered(number, 1))
            {
                box.FromMeter([one]);
                sent.Add(one);
                while (clock.Elapsed.TotalSeconds * Speed < sent.Count)
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
