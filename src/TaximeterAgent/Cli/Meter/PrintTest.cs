using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Cli.Meter;

/// <summary>Tests the line of a meter that only prints: listens until something was printed, and from what comes, or does not come, says what is wrong.</summary>
/// <param name="line">The line; this closes it.</param>
/// <param name="options">As it is configured.</param>
/// <param name="listening">How it is listened to.</param>
/// <param name="time">The clock.</param>
internal sealed class PrintTest(ISerialLine line, SerialLineOptions options, Listening listening, TimeProvider time)
{
    /// <param name="limit">How long the print may take.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<MeterVerdict> RunAsync(TimeSpan limit, CancellationToken stop)
    {
        using var probe = new PrintProbe(line, listening, time);
        await probe.RunAsync(heard => heard.Last is not null, limit, stop);
        if (probe.Status is not { } status)
            return new MeterVerdict(ExitCode.InputOutput, [$"the line {options.Port} does not open"], LineFault.Device);
        if (MeterTest.NotOpen(status) is { } closed)
            return closed;
        List<string> facts = [status.Message, MeterTest.Describe(options), $"{probe.Traffic.BytesReceived} bytes came; nothing was said to the meter"];
        if (probe.Last is not var (template, reading))
        {
            return probe.Traffic.BytesReceived > 0
                ? MeterTest.Fail(facts, LineFault.Garbled, "bytes come, and no line of text: another speed or parity, or another wire than the printer's")
                : MeterTest.Fail(
                    facts, LineFault.Silent,
                    $"nothing was printed for {limit.TotalSeconds:0} seconds: begin again, and print a receipt; if it is not heard, the tap is on another wire or ground is missing");
        }

        facts.Add($"heard: {PrintWords.Of(template, reading)}");
        return reading.Kind == PrintKind.Doubtful
            ? MeterTest.Fail(facts, LineFault.Garbled, $"{DoubtWords.Of(reading.Doubts)}: check speed and parity; if its letters make sense, another template: meter watch --raw FILE, then meter learn FILE")
            : new MeterVerdict(ExitCode.Ok, [.. facts, "the meter is heard"]);
    }
}
