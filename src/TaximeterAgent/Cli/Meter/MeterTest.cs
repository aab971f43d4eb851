using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Cli.Meter;

/// <summary>What came of a test of the meter's line.</summary>
/// <param name="ExitCode">0 if the line is good both ways.</param>
/// <param name="Lines">What was found, for people; the last says what to do.</param>
/// <param name="Fault">What is wrong; null if nothing is.</param>
internal sealed record MeterVerdict(int ExitCode, IReadOnlyList<string> Lines, LineFault? Fault = null)
{
    /// <summary>What the line itself says, where it does not open.</summary>
    public DeviceStatus? Device { get; init; }

    /// <summary>The name of a meter that is not the configured one.</summary>
    public string? OtherMeter { get; init; }
}

/// <summary>What can be wrong with a meter's line.</summary>
internal enum LineFault
{
    /// <summary>It does not open.</summary>
    Device,

    /// <summary>Nothing comes.</summary>
    Silent,

    /// <summary>The meter is heard and does not answer.</summary>
    Deaf,

    /// <summary>Only our own words come back.</summary>
    Echo,

    /// <summary>Another meter is on it.</summary>
    Other,

    /// <summary>The meter refuses our greeting.</summary>
    Refused,

    /// <summary>Bytes come, and no frame: speed, parity, levels.</summary>
    Garbled,
}

/// <summary>Tests the meter's line: opens it, greets the meter, and from what comes, or does not come, says what is wrong.</summary>
/// <param name="open">Makes a line.</param>
/// <param name="options">The line as it is configured.</param>
/// <param name="speaking">How to speak.</param>
/// <param name="time">The clock.</param>
internal sealed class MeterTest(Func<SerialLineOptions, ISerialLine> open, SerialLineOptions options, TfpOptions speaking, TimeProvider time)
{
    /// <summary>A meter says what is not answered once a second.</summary>
    private static readonly TimeSpan s_guess = TimeSpan.FromSeconds(2.5);

    /// <summary>A little noise while a plug is put in is no wrong speed.</summary>
    private const int GarbageMinimum = 4;

    private static readonly int[] s_usualSpeeds = [19_200, 9_600, 38_400, 115_200, 57_600, 4_800, 2_400, 1_200];

    /// <param name="limit">How long the meter may take; its heartbeat comes every 10 seconds.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<MeterVerdict> RunAsync(TimeSpan limit, CancellationToken stop)
    {
        using var probe = new LineProbe(open(options), speaking, null, time);
        await probe.RunAsync(heard => (heard.Answered && heard.Hello is not null) || heard.OtherMeter is not null, limit, stop);
        if (probe.Status is not { } status)
            return new MeterVerdict(ExitCode.InputOutput, [$"the line {options.Port} does not open"], LineFault.Device);
        if (NotOpen(status) is { } closed)
            return closed;
        var facts = new List<string> { status.Message, Describe(options), $"{probe.Traffic.BytesReceived} bytes came, {probe.Frames} frames" };
        if (probe.Hello is { } hello)
            facts.Add($"meter {hello.Meter}, {hello.Model}, firmware {hello.Firmware}");
        if (probe.OtherMeter is { } other)
            return Fail(facts, LineFault.Other, $"the meter calls itself {other}, the configuration has {speaking.ExpectedMeter}: set Meter:Id, or connect the right meter") with { OtherMeter = other };
        if (probe.Refusal is { } refusal)
            return Fail(facts, LineFault.Refused, $"the meter refuses our HELLO ({refusal}): it speaks another version of the protocol");
        if (probe.Answered)
            return new MeterVerdict(ExitCode.Ok, [.. facts, "the line is good both ways"]);
        if (probe.Echoes > 0 && probe.Frames == 0)
            return Fail(facts, LineFault.Echo, "only our own words come back: RX and TX are joined, or the adapter echoes");
        if (probe.Frames > 0)
            return Fail(facts, LineFault.Deaf, "the meter is heard but does not answer: the wire from the agent (TX) does not reach it");
        if (probe.Sample.Count < GarbageMinimum)
        {
            return Fail(
                facts, LineFault.Silent, $"silence for {limit.TotalSeconds:0} seconds: the meter is off, RX and TX are swapped, ground is missing, or it is another port");
        }

        return Fail(facts, LineFault.Garbled, await GuessAsync(probe, stop));
    }

    /// <summary>Why a line cannot be tested; null for one that is open.</summary>
    internal static MeterVerdict? NotOpen(DeviceStatus status) =>
        status.State is DeviceState.Open or DeviceState.Stalled ? null : new MeterVerdict(CodeOf(status.State), [status.Message], LineFault.Device) { Device = status };

    /// <summary>What was found, and that it is no success.</summary>
    internal static MeterVerdict Fail(List<string> facts, LineFault fault, string what) =>
        new(fault == LineFault.Silent ? ExitCode.Unavailable : ExitCode.NotPossible, [.. facts, what], fault);

    /// <summary>A line's settings, for people.</summary>
    internal static string Describe(SerialLineOptions options) => $"{options.BaudRate} baud, parity {Name(options.Parity)}, 8 data bits, 1 stop bit";

    /// <summary>A meter that sends seven bits and a parity bit: its frames are there once the eighth bit is taken away.</summary>
    internal static bool LooksLikeSevenBits(IReadOnlyList<byte> sample)
    {
        ReadOnlySpan<byte> stripped = [.. sample.Select(value => (byte)(value & 0x7F))];
        return sample.Any(value => value > 0x7F) && new FrameReader().TryRead(ref stripped, out _);
    }

    private async Task<string> GuessAsync(LineProbe garbled, CancellationToken stop)
    {
        garbled.Dispose(); // before another opens it
        if (LooksLikeSevenBits(garbled.Sample))
            return "the meter sends seven data bits and a parity bit; the protocol wants eight: change it at the meter";
        var tries = s_usualSpeeds.Where(speed => speed != options.BaudRate).Select(speed => options with { BaudRate = speed })
            .Concat(Enum.GetValues<Parity>().Where(parity => parity != options.Parity).Select(parity => options with { Parity = parity }));
        foreach (var guess in tries)
        {
            using var probe = new LineProbe(open(guess), speaking, null, time);
            if (await probe.RunAsync(heard => heard.Frames > 0, s_guess, stop))
                return $"bytes come, but no frame; at {Describe(guess)} it is understood: set Meter:Serial:BaudRate to {guess.BaudRate} and Meter:Serial:Parity to {Name(guess.Parity)}";
        }

        return "bytes come, but no frame at any usual speed or parity: another protocol, inverted levels (TTL against RS-232), or no common ground";
    }

    private static int CodeOf(DeviceState state) => state switch
    {
        DeviceState.Busy => ExitCode.TryAgain,
        DeviceState.Forbidden => ExitCode.NoPermission,
        _ => ExitCode.InputOutput,
    };

    private static string Name(Parity parity) => parity.ToString().ToLowerInvariant();
}
