using System.CommandLine;
using System.Globalization;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;

namespace TaximeterAgent.Cli;

/// <summary><c>taximeter-agent gpio watch</c>: which chips and lines there are, who holds them, and what happens on them.</summary>
internal static class GpioCommand
{
    public static Command Build(Option<string> file)
    {
        var lines = new Argument<string[]>("LINE") { Description = "Lines to watch, by number or name; without any, those that the configuration names.", Arity = ArgumentArity.ZeroOrMore };
        var chip = new Option<string?>("--chip") { Description = "Their chip: device, name or label.", HelpName = "CHIP" };
        var low = new Option<bool>("--active-low") { Description = "A line is on when it is low." };
        var pullUp = new Option<bool>("--pull-up") { Description = "The chip's own resistors pull the lines up." };
        var list = new Option<bool>("--list") { Description = "Lists chips and lines, and watches none." };
        var watch = AgentCommand.Build(
            "watch", "Lists chips and lines, then prints the edges of lines until Ctrl+C: through the running agent, or where none runs on the lines themselves.", file,
            async (parsed, client, report, stop) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                var (named, on) = (parsed.GetValue(lines) ?? [], parsed.GetValue(chip));
                var plans = parsed.GetValue(list) ? [] : Plans(parsed.GetRequiredValue(file), named, on, parsed.GetValue(low), parsed.GetValue(pullUp));
                // Lines that are named here, or only listed, are not the agent's business.
                if (parsed.GetValue(list) || named.Length > 0 || on is not null)
                    return await WatchAsync(plans, output, report.Error, TimeProvider.System, stop);
                var nothing = report.Json ? null : List(output);
                try
                {
                    return await new AgentGpioWatch(client, report).RunAsync(nothing, stop);
                }
                catch (CommandFailedException e) when (e.NoAgent)
                {
                    if (report.Json)
                        nothing = List(output);
                    if (nothing is null && plans.Count > 0)
                        await report.Error.WriteLineAsync($"{CommandLine.Name}: no agent runs; watching the lines themselves.");
                }

                return await WatchAsync(nothing, plans, output, report.Error, TimeProvider.System, stop);
            });
        watch.Add(lines);
        watch.Add(chip);
        watch.Add(low);
        watch.Add(pullUp);
        watch.Add(list);
        return new Command("gpio", "Looks at GPIO lines.") { watch };
    }

    /// <summary>Lists, then watches until told to stop.</summary>
    internal static Task<int> WatchAsync(IReadOnlyList<LinePlan> plans, TextWriter output, TextWriter error, TimeProvider time, CancellationToken stop) =>
        WatchAsync(List(output), plans, output, error, time, stop);

    /// <summary>What a device's state means for the exit code.</summary>
    internal static int Exit(DeviceState state) => state switch
    {
        DeviceState.Forbidden => ExitCode.NoPermission,
        DeviceState.Busy => ExitCode.TryAgain,
        DeviceState.Missing => ExitCode.Unavailable,
        _ => ExitCode.InputOutput,
    };

    private static async Task<int> WatchAsync(
        DeviceStatus? nothing, IReadOnlyList<LinePlan> plans, TextWriter output, TextWriter error, TimeProvider time, CancellationToken stop)
    {
        if (nothing is not null)
        {
            await error.WriteLineAsync($"{CommandLine.Name}: {nothing.Message}");
            return Exit(nothing.State);
        }

        if (plans.Count == 0)
            return ExitCode.Ok;
        var ended = new TaskCompletionSource<DeviceStatus?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopped = stop.Register(() => ended.TrySetResult(null));
        // The edges of several chips come on threads of their own.
        var writer = TextWriter.Synchronized(output);
        var devices = plans.Select(plan => new GpioDevice($"Chip {plan.Chip}", plan, new GpioChips(), new Printer(plan, writer, time, ended), time)).ToList();
        try
        {
            devices.ForEach(device => device.Start());
            if (await ended.Task is not { } trouble)
                return ExitCode.Ok;
            await error.WriteLineAsync($"{CommandLine.Name}: {trouble.Message}");
            return Exit(trouble.State);
        }
        finally
        {
            devices.ForEach(device => device.Dispose());
        }
    }

    /// <summary>What to watch: what was said, or else the inputs of the configuration, as they are set up there.</summary>
    internal static IReadOnlyList<LinePlan> Plans(string file, string[] lines, string? chip, bool activeLow, bool pullUp)
    {
        var options = ConfigurationLoader.Load(file).Options;
        if (lines.Length > 0)
            return [new LinePlan { Chip = chip ?? options?.Meter.Contacts.Chip ?? "gpiochip0", Inputs = lines, ActiveLow = activeLow, Bias = pullUp ? LineBias.PullUp : LineBias.AsIs }];
        if (options is null || chip is not null)
            return [];
        var plans = new List<LinePlan>();
        var contacts = options.Meter.Contacts;
        if (options.Meter.Source == MeterSource.Contacts && !contacts.Fifo)
        {
            string[] wired = [.. new[] { contacts.Hired, contacts.Stopped, contacts.Paid }.Where(line => line.Length > 0)];
            plans.Add(new LinePlan { Chip = contacts.Chip, Inputs = wired, ActiveLow = contacts.ActiveLow, Bias = LinePlans.Bias(contacts.Bias), Debounce = contacts.Debounce });
        }

        var ignition = options.Ignition;
        if (ignition.Line.Length > 0 && !ignition.Fifo)
            plans.Add(new LinePlan { Chip = ignition.Chip, Inputs = [ignition.Line], ActiveLow = ignition.ActiveLow, Bias = LinePlans.Bias(ignition.Bias), Debounce = ignition.Debounce });
        return plans;
    }

    // Null, or why there is nothing to list.
    private static DeviceStatus? List(TextWriter output)
    {
        DeviceStatus? trouble = null;
        var listed = 0;
        foreach (var path in GpioChip.Paths())
        {
            if (GpioChip.TryOpen(path, out var chip) is { } why)
            {
                trouble ??= why;
                continue;
            }

            using (chip)
            {
                listed++;
                output.WriteLine($"{chip!.Path} \"{chip.Label}\", {chip.Lines} lines");
                for (var offset = 0; offset < chip.Lines; offset++)
                {
                    if (chip.TryInfo(offset, out var info))
                        output.WriteLine(Describe(offset, info));
                }
            }
        }

        return listed > 0 ? null : trouble ?? new DeviceStatus(DeviceState.Missing, "There is no GPIO chip on this machine.");
    }

    private static string Describe(int offset, GpioAbi.LineInfo info)
    {
        var facts = new List<string> { info.Flags.HasFlag(GpioAbi.LineFlags.Output) ? "output" : "input" };
        if (info.Flags.HasFlag(GpioAbi.LineFlags.ActiveLow))
            facts.Add("active low");
        if (info.Flags.HasFlag(GpioAbi.LineFlags.BiasPullUp))
            facts.Add("pull-up");
        if (info.Flags.HasFlag(GpioAbi.LineFlags.BiasPullDown))
            facts.Add("pull-down");
        if (info.Flags.HasFlag(GpioAbi.LineFlags.Used))
            facts.Add($"used by \"{info.Consumer}\"");
        return string.Create(CultureInfo.InvariantCulture, $"  {offset,3} \"{info.Name}\" {string.Join(", ", facts)}");
    }

    private sealed class Printer(LinePlan plan, TextWriter output, TimeProvider time, TaskCompletionSource<DeviceStatus?> ended) : IGpioLineEvents
    {
        public void Edge(int line, bool active) => Say(GpioWords.Of(plan.Inputs[line], active));

        public void Levels(ulong bits) => Say(string.Join(", ", plan.Inputs.Select((line, at) => GpioWords.Of(line, (bits >> at & 1) != 0))) + " (as read)");

        public void Changed(DeviceStatus status)
        {
            if (status.State == DeviceState.Open)
                Say(status.Message);
            else
                ended.TrySetResult(status);
        }

        private void Say(string text) => output.WriteLine(GpioWords.At(time.GetLocalNow(), text));
    }
}

/// <summary>What a watcher of lines reads, whoever holds them.</summary>
internal static class GpioWords
{
    public static string Of(string line, bool on) => $"line {line} {(on ? "on" : "off")}";

    public static string At(DateTimeOffset local, string text) => $"{local.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}  {text}";
}
