using TaximeterAgent.Cli.Control;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Devices;

/// <summary>Has the running agent show its test picture. A key, or anything that the driver has to be told, ends the picture early: nothing is kept from the driver.</summary>
internal sealed class AgentDisplayTest(AgentClient client, Report report, TimeProvider time)
{
    /// <exception cref="CommandFailedException">No agent runs, or the display is not open before the picture or after it.</exception>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        await DemandAsync(stop);
        var (shown, json) = await client.PostAsync("/v1/display/test", "", ControlJson.Default.DisplayTestReport, stop);
        if (report.Json)
            await report.WriteJsonAsync(json);
        else
            await SayAsync(shown);
        // A display that was taken away, or that fails at the picture itself, has said so by then.
        await Task.Delay(TimeSpan.FromSeconds(shown.Seconds), time, stop);
        await DemandAsync(stop);
        if (!report.Json)
            await report.WriteLineAsync(DisplayTest.Well);
        return ExitCode.Ok;
    }

    private async Task SayAsync(DisplayTestReport shown)
    {
        if (shown.Display.Message is { } message)
            await report.WriteLineAsync(message);
        await report.WriteLineAsync($"shown through the running agent for {shown.Seconds} seconds, or until a key is pressed or the driver has to be told something:");
        foreach (var line in shown.Lines)
            await report.WriteLineAsync($"  {line}");
    }

    private async Task DemandAsync(CancellationToken stop)
    {
        var (status, _) = await client.GetAsync("/v1/status", ControlJson.Default.StatusReport, stop);
        DeviceTest.Demand("display", status.Display.State, status.Display.Message);
    }
}
