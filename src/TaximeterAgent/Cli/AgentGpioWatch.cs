using TaximeterAgent.Cli.Control;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Cli;

/// <summary>Prints what the running agent hears on its GPIO lines, which are held by it: nobody else gets their edges.</summary>
internal sealed class AgentGpioWatch(AgentClient client, Report report)
{
    /// <summary>Until Ctrl+C, or until a line is not to be had.</summary>
    /// <param name="unlisted">Why no chips were listed here; null if they were. The agent may have lines all the same, as this user may not open a chip.</param>
    /// <param name="stop">Ctrl+C.</param>
    /// <exception cref="CommandFailedException">No agent runs, or a line of its is not open.</exception>
    public async Task<int> RunAsync(DeviceStatus? unlisted, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var none = false;
        try
        {
            await client.StreamAsync("/v1/watch/gpio", ControlJson.Default.WatchReport, TakeAsync, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // How watching ends.
        }

        if (none && unlisted is not null)
            throw new CommandFailedException(GpioCommand.Exit(unlisted.State), unlisted.Message);
        return ExitCode.Ok;

        async Task TakeAsync(WatchReport seen, string json)
        {
            if (report.Json)
                await report.WriteJsonAsync(json);
            else if (Say(seen) is { } text)
                await report.WriteLineAsync(GpioWords.At(seen.At.ToLocalTime(), text));
            if (seen is { What: "watching", Value: "unknown" })
            {
                none = true;
                if (!report.Json)
                    await report.WriteLineAsync("the running agent uses no lines, or they have not said anything yet");
                await end.CancelAsync();
            }
            else if (seen.What is "watching" or "device" && seen.Value != Kebab.Of(DeviceState.Open))
            {
                throw new CommandFailedException(Code(seen.Value), seen.Text ?? $"a line is {seen.Value}");
            }
        }
    }

    // Null for what is said as a failure, or not at all.
    private static string? Say(WatchReport seen) => seen switch
    {
        { What: "edge", Value: "pressed" } => $"{seen.Text}: {seen.Name} pressed",
        { What: "edge" } => $"{GpioWords.Of(seen.Name ?? "", seen.Value == "on")} ({seen.Text})",
        { What: "dropped" } => $"{seen.Count} edges were not shown: they came too fast",
        { Value: "open" } => seen.Text,
        _ => null,
    };

    private static int Code(string? state)
    {
        foreach (var known in Enum.GetValues<DeviceState>())
        {
            if (Kebab.Of(known) == state)
                return GpioCommand.Exit(known);
        }

        return ExitCode.InputOutput;
    }
}
