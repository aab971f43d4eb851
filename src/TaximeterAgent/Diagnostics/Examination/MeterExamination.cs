using System.Globalization;
using TaximeterAgent.Cli.Meter;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Hosting;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>The meter, from its line up to what it says. The first thing that is wrong explains the rest.</summary>
internal sealed class MeterExamination : Examination
{
    /// <summary>A meter that nobody answers says the same once a second.</summary>
    private static readonly TimeSpan s_listen = TimeSpan.FromSeconds(4);

    private const string Cables = "turn it on; swap RX and TX; check ground and the port";

    public override string Part => "meter";

    public override string WaitsFor => "what comes over the meter's line";

    public override async Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        if (patient.Status is { } status)
            return await ByAgentAsync(status, patient, stop);
        if (patient.Options is not { } options)
            return Examined.Unseen("the configuration is wrong");
        if (!patient.NobodyRuns)
            return Examined.Unseen("an agent that does not answer may have the line");
        if (options.Meter.Source != MeterSource.Tfp1)
            return Examined.Unseen("a meter without a line of its own is heard by the running agent only");
        return await ByLineAsync(options, patient, stop);
    }

    private DeviceTrouble Line(AgentOptions? options) => options?.Meter.Source == MeterSource.Contacts
        ? new DeviceTrouble(Part, options.Meter.Contacts.Chip, Configuration.Keys.ContactsChip.Name, "gpio watch")
        : new DeviceTrouble(Part, options?.Meter.Serial.Port ?? "", Configuration.Keys.SerialPort.Name, "meter test");

    private async Task<Examined> ByAgentAsync(StatusReport status, Patient patient, CancellationToken stop)
    {
        var meter = status.Meter;
        if (!DeviceHealth.IsOpen(meter.Line))
            return Line(patient.Options).Of(meter.Line, patient.SeesAll);
        if (status.ProcessId is { } agent && Line(patient.Options).Shared(agent) is { } shared)
            return Examined.Found(shared);
        if (meter.Other is { } other)
            return Examined.Found(Other(other, patient.Options?.Meter.Id));
        if (meter.Traffic.Echoes > 0)
            return Examined.Found(Echo(string.Create(CultureInfo.InvariantCulture, $"{meter.Traffic.Echoes} of our own frames came back")));
        if (!meter.Heard && meter.Source != Reporting.ReceiptPrinter)
            return Examined.Found(meter.Source == Reporting.Contacts ? Contacts() : await UnheardAsync(meter, patient, stop));
        return MeterHealth.Of(meter) switch
        {
            { Level: Level.Yellow } grade when meter.Source == Reporting.ReceiptPrinter => Examined.Found(Finding.Yellow(
                FindingKind.MeterPrints, Part, grade.Why, "the template is not this meter's, or the line's speed is not", grade.Cure!)),
            { Level: Level.Yellow } grade => Examined.Found(Finding.Yellow(FindingKind.MeterNoise, Part, grade.Why, "the line picks up noise: a bad ground, a long cable, a speed that is a little off", grade.Cure!)),
            _ => Examined.Well,
        };
    }

    // Bytes that came long ago say nothing of the line as it is now.
    private async Task<Finding> UnheardAsync(MeterReport before, Patient patient, CancellationToken stop)
    {
        await Task.Delay(s_listen, patient.Time, stop);
        var (status, _) = await patient.Agent.GetAsync("/v1/status", ControlJson.Default.StatusReport, stop);
        var (bytes, frames) = (status.Meter.Traffic.BytesReceived - before.Traffic.BytesReceived, status.Meter.Traffic.FramesReceived - before.Traffic.FramesReceived);
        if (bytes == 0 || frames > 0)
            return Silent($"nothing came for {s_listen.TotalSeconds:0} s");
        return Finding.Red(
            FindingKind.MeterSpeed, Part, string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes came in {s_listen.TotalSeconds:0} s, and no frame"),
            "the meter speaks at another speed or parity than the line is set to",
            $"systemctl stop taximeter-agent, then: {Grade.Command("meter test")}, which tries the others and names the right one");
    }

    private async Task<Examined> ByLineAsync(AgentOptions options, Patient patient, CancellationToken stop)
    {
        var trouble = Line(options);
        if (trouble.Shared(agent: 0) is { } shared)
            return Examined.Found(shared);
        var (line, speaking) = MeterLine.Of(options);
        var verdict = await new MeterTest(chosen => SerialLines.Of(options.Meter.Serial.Driver, chosen, patient.Time, othersFirst: false), line, speaking, patient.Time).RunAsync(patient.Limit, stop);
        return verdict.Fault switch
        {
            null => Examined.Well,
            LineFault.Device => verdict.Device is { } device ? trouble.Of(device, patient.SeesAll) : Examined.Unseen(verdict.Lines[^1]),
            LineFault.Other => Examined.Found(Other(verdict.OtherMeter!, options.Meter.Id)),
            LineFault.Refused => Examined.Found(Finding.Red(FindingKind.MeterProtocol, Part, verdict.Lines[^1], "it speaks another version of the protocol", "ask the meter's maker for TFP/1")),
            LineFault.Echo => Examined.Found(Echo("only our own words come back")),
            LineFault.Deaf => Examined.Found(Finding.Red(
                FindingKind.MeterDeaf, Part, "the meter is heard, and does not answer", "the wire from the agent's TX to the meter's RX is broken", "check that wire; on RS-485 the direction too")),
            LineFault.Silent => Examined.Found(Silent($"nothing came for {patient.Limit.TotalSeconds:0} s")),
            _ => Examined.Found(Finding.Red(FindingKind.MeterSpeed, Part, "bytes come, and no frame", verdict.Lines[^1], $"set what is named; then: {Grade.Command("meter test")}")),
        };
    }

    private Finding Silent(string seen) => Finding.Red(
        FindingKind.MeterSilent, Part, seen, "the meter is off, RX and TX are swapped, ground is missing, or the cable is in another port", $"{Cables}; then: {Grade.Command("meter test")}");

    private Finding Contacts() => Finding.Red(
        FindingKind.MeterSilent, Part, "no contact has moved since the agent started", "the meter is off, or its contacts are not wired to these lines", $"turn it on; then: {Grade.Command("gpio watch")}");

    private Finding Echo(string seen) => Finding.Red(FindingKind.MeterEcho, Part, seen, "RX and TX are joined, or the adapter echoes", "part the two wires, or turn the adapter's echo off");

    private Finding Other(string other, string? expected) => Finding.Red(
        FindingKind.MeterOther, Part, $"the meter calls itself {Shown.Plain(other)}", $"{(string.IsNullOrEmpty(expected) ? "another" : expected)} is configured: the meter was exchanged, or the cable is another car's",
        $"connect the right meter, or name this one in {Configuration.Keys.MeterId.Name}: {Grade.Command("setup")}");
}
