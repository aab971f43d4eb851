using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Meter.Learn;
using TaximeterAgent.Cli.Meter.Replay;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Cli.Meter;

/// <summary><c>taximeter-agent meter watch|test|replay|learn</c>: the meter's line, through the running agent, or on the device itself where none runs.</summary>
internal static class MeterCommand
{
    /// <summary>More than one heartbeat of the meter's.</summary>
    private const int SecondsDefault = 15;

    private const int SecondsMaximum = 3600;

    public static Command Build(Option<string> file) => new("meter", "Looks at the meter's line.") { Watch(file), Test(file), ReplayCommand.Build(file), LearnCommand.Build() };

    private static Command Watch(Option<string> file)
    {
        var device = new DeviceChoice();
        var raw = new Option<string?>("--raw") { Description = "Writes the meter's bytes to a new file as well, unmasked, for meter replay. Where an agent has the line, stop it first.", HelpName = "FILE" };
        var command = AgentCommand.Build("watch", "Shows every frame of both sides, until Ctrl+C. Phone numbers are masked.", file, async (parsed, client, report, stop) =>
        {
            if (!device.IsGiven(parsed))
            {
                try
                {
                    if (parsed.GetValue(raw) is not null)
                        await DemandNoAgentAsync(client, stop);
                    await client.StreamAsync("/v1/watch/meter", ControlJson.Default.WatchReport, (line, json) => WriteAsync(report, line, json), stop);
                    return ExitCode.Ok;
                }
                catch (CommandFailedException e) when (e.NoAgent)
                {
                    await report.Error.WriteLineAsync($"{CommandLine.Name}: no agent runs; watching the device itself. No fare is acknowledged by this.");
                }
            }

            return await WatchDeviceAsync(device.Of(parsed, file), parsed.GetValue(raw), report, stop);
        });
        command.Add(raw);
        device.AddTo(command);
        return command;
    }

    private static Command Test(Option<string> file)
    {
        var device = new DeviceChoice();
        var seconds = new Option<int>("--seconds") { Description = "How long the meter may take.", HelpName = "N", DefaultValueFactory = _ => SecondsDefault };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= SecondsMaximum))
                result.AddError($"--seconds needs a whole number, 1 to {SecondsMaximum}.");
        });
        var command = AgentCommand.Build("test", "Waits for the meter to be heard and to hear, or says what is wrong with the line.", file, async (parsed, client, report, stop) =>
        {
            var limit = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            if (!device.IsGiven(parsed))
            {
                try
                {
                    return await TestAgentAsync(client, report, limit, stop);
                }
                catch (CommandFailedException e) when (e.NoAgent)
                {
                    await report.Error.WriteLineAsync($"{CommandLine.Name}: no agent runs; testing the device itself.");
                }
            }

            var chosen = device.Of(parsed, file);
            return await TellAsync(report, chosen.Listening is { } listening
                ? await new PrintTest(chosen.Open(chosen.Line), chosen.Line, listening, TimeProvider.System).RunAsync(limit, stop)
                : await new MeterTest(chosen.Open, chosen.Line, chosen.Speaking, TimeProvider.System).RunAsync(limit, stop));
        });
        command.Add(seconds);
        device.AddTo(command);
        return command;
    }


    // The agent tells frames with their numbers masked, and no bytes.
    private static async Task DemandNoAgentAsync(AgentClient client, CancellationToken stop)
    {
        await client.GetAsync("/v1/status", ControlJson.Default.StatusReport, stop);
        throw new CommandFailedException(ExitCode.TryAgain, "the agent has the line, and --raw wants it: stop the agent, or watch without --raw; frames are told masked then");
    }

    private static async Task<int> WatchDeviceAsync(MeterDevice device, string? raw, Report report, CancellationToken stop)
    {
        using var capture = raw is null ? null : new CaptureWriter(raw, TimeProvider.System);
        if (raw is not null)
            await report.Error.WriteLineAsync($"{CommandLine.Name}: {Shown.Plain(raw)} gets what the meter says, customers' numbers too; take care of it");
        var full = false;
        DeviceStatus? end;
        if (device.Listening is { } listening)
        {
            using var probe = new PrintProbe(device.Open(device.Line), listening, TimeProvider.System) { Raw = Capture, Printed = Heard };
            await probe.RunAsync(_ => false, TimeSpan.FromDays(1), stop);
            end = probe.Status;
        }
        else
        {
            using var probe = new LineProbe(device.Open(device.Line), device.Speaking, Seen, TimeProvider.System) { Raw = Capture };
            await probe.RunAsync(_ => false, TimeSpan.FromDays(1), stop);
            end = probe.Status;
        }

        throw new CommandFailedException(ExitCode.InputOutput, end?.Message ?? $"the line {device.Line.Port} does not open");

        void Capture(ReadOnlySpan<byte> bytes)
        {
            if (capture is null || full || capture.Write(bytes))
                return;
            full = true;
            report.Error.WriteLine($"{CommandLine.Name}: {Shown.Plain(raw!)} is full; watching goes on without it");
        }

        void Seen(TfpFrameRecord frame) => Tell(new WatchReport(TimeProvider.System.GetUtcNow(), "frame")
        {
            From = frame.Sent ? "agent" : "meter",
            Name = frame.Type,
            Text = frame.Payload,
            Meaning = FrameMeaning.Of(frame),
        });

        void Heard(ReceiptTemplate template, ReceiptReading reading) => Tell(new WatchReport(TimeProvider.System.GetUtcNow(), "print")
        {
            From = "meter",
            Name = Kebab.Of(reading.Kind),
            Text = PrintWords.Of(template, reading),
        });

        void Tell(WatchReport line) => WriteAsync(report, line, JsonSerializer.Serialize(line, AnswerJson.Context.WatchReport)).GetAwaiter().GetResult();
    }

    // The agent has the line; it is asked how it is, and then what is heard.
    private static async Task<int> TestAgentAsync(AgentClient client, Report report, TimeSpan limit, CancellationToken stop)
    {
        var (status, _) = await client.GetAsync("/v1/status", ControlJson.Default.StatusReport, stop);
        var line = status.Meter.Line;
        if (line.State is not ("open" or "stalled"))
            return await TellAsync(report, new MeterVerdict(line.State == "forbidden" ? ExitCode.NoPermission : ExitCode.InputOutput, [line.Message ?? $"the line is {line.State}"]));
        if (status.Meter.Other is { } other)
            return await TellAsync(report, new MeterVerdict(ExitCode.NotPossible, [$"the meter calls itself {other}, which is not the configured one: what it says is refused"]));
        string? heard = null;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(limit);
        try
        {
            await client.StreamAsync("/v1/watch/meter", ControlJson.Default.WatchReport, (seen, _) => Listen(seen), enough.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Heard, or the time is over.
        }

        var traffic = status.Meter.Traffic;
        return await TellAsync(report, heard is not null
            ? new MeterVerdict(ExitCode.Ok, [line.Message ?? "the line is open", $"heard: {heard}", "the meter is heard"])
            : new MeterVerdict(ExitCode.Unavailable, [
                line.Message ?? "the line is open",
                status.Meter.Source == Reporting.ReceiptPrinter
                    ? $"nothing was printed for {limit.TotalSeconds:0} seconds: begin again, and print a receipt; if it is not heard, the tap is on another wire or ground is missing"
                : traffic is { BytesReceived: > 0, FramesReceived: 0 }
                    ? "bytes come, but no frame: another speed or parity. Stop the agent and test again, then others are tried"
                    : $"silence for {limit.TotalSeconds:0} seconds: the meter is off, RX and TX are swapped, ground is missing, or it is another port",
            ]));

        Task Listen(WatchReport seen)
        {
            if (seen is { What: "frame" or "print", From: "meter" })
            {
                heard = seen.Meaning ?? seen.Text ?? seen.Name;
                return enough.CancelAsync();
            }

            return Task.CompletedTask;
        }
    }

    private static async Task<int> TellAsync(Report report, MeterVerdict verdict)
    {
        var passed = verdict.ExitCode == ExitCode.Ok;
        if (report.Json)
        {
            var found = new MeterTestReport { Passed = passed, ExitCode = verdict.ExitCode, Lines = verdict.Lines };
            await report.WriteJsonAsync(JsonSerializer.Serialize(found, CliAnswer.Context.MeterTestReport));
        }
        else
        {
            foreach (var line in verdict.Lines.SkipLast(passed ? 0 : 1))
                await report.WriteLineAsync(line);
        }

        return passed ? ExitCode.Ok : throw new CommandFailedException(verdict.ExitCode, verdict.Lines[^1]);
    }

    private static Task WriteAsync(Report report, WatchReport line, string json) => report.Json
        ? report.WriteJsonAsync(json)
        : report.WriteLineAsync(line.What switch
        {
            "frame" => $"{Clock(line)}  {(line.From == "meter" ? "meter ->" : "<- agent")}  {line.Text}  ({line.Meaning})",
            "print" => $"{Clock(line)}  printed, {line.Name}: {line.Text}",
            "dropped" => $"{Clock(line)}  {line.Count} frames were not shown: they came too fast",
            _ => $"{Clock(line)}  line {line.Value}: {line.Text}",
        });

    private static string Clock(WatchReport line) => line.At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <param name="Driver">What drives the line.</param>
    /// <param name="Line">The line.</param>
    /// <param name="Speaking">How to speak over it.</param>
    /// <param name="Listening">How to listen to it; then nothing is said.</param>
    private sealed record MeterDevice(SerialDriver Driver, SerialLineOptions Line, TfpOptions Speaking, Listening? Listening)
    {
        public ISerialLine Open(SerialLineOptions line) => SerialLines.Of(Driver, line, TimeProvider.System, othersFirst: true);
    }

    /// <summary>Which device, where it is not the agent's: by the command line, else by the configuration.</summary>
    private sealed class DeviceChoice
    {
        private readonly Option<string?> _port = new("--port") { Description = "The device itself, though an agent may run; without it the configured one.", HelpName = "DEVICE" };
        private readonly Option<int?> _baud = new("--baud") { Description = "Bits a second, with --port.", HelpName = "N" };
        private readonly Option<bool> _listen = new("--listen") { Description = "Says nothing on the line: for one that is only listened to, as a printer's; with --port." };
        private readonly Option<string?> _parity = new("--parity") { Description = "none, even or odd, with --port.", HelpName = "PARITY" };

        public void AddTo(Command command)
        {
            _baud.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 50 and <= 4_000_000))
                    result.AddError("--baud needs a whole number, 50 to 4000000.");
            });
            _parity.AcceptOnlyFromAmong("none", "even", "odd");
            command.Add(_port);
            command.Add(_baud);
            command.Add(_parity);
            command.Add(_listen);
        }

        public bool IsGiven(ParseResult parsed) => parsed.GetValue(_port) is { Length: > 0 };

        public MeterDevice Of(ParseResult parsed, Option<string> file)
        {
            var report = ConfigurationLoader.Load(parsed.GetRequiredValue(file));
            if (parsed.GetValue(_port) is { Length: > 0 } port)
            {
                var given = new SerialLineOptions { Port = port, BaudRate = parsed.GetValue(_baud) ?? 19_200, Parity = MeterLine.ParityOf(parsed.GetValue(_parity)) };
                // Of a car whose meter only prints, any port may be the tap.
                var listening = report.Options is { } configured ? Listening.Of(configured) : null;
                return new MeterDevice(report.Options?.Meter.Serial.Driver ?? SerialDriver.Termios, given, LineProbe.Speaking("meter-test", "", Country.NO, Currency.NOK), listening ?? (parsed.GetValue(_listen) ? Listening.ToAny() : null));
            }

            if (report.Options is not { } options)
                throw new CommandFailedException(ExitCode.Configuration, $"{report.Faults[0]}; or name the device with --port");
            if (options.Meter.Serial.Port.Length == 0 && options.Printer.MeterPort.Length > 0)
                throw new CommandFailedException(ExitCode.Unavailable, $"the meter's prints come by {Configuration.Keys.PrinterMeterPort.Name}, and only the running agent may take that line: start it");
            var (line, speaking) = MeterLine.Of(options);
            return new MeterDevice(options.Meter.Serial.Driver, line, speaking, Listening.Of(options));
        }
    }
}
