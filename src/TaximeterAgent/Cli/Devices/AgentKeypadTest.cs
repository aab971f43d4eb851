using TaximeterAgent.Cli.Control;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Cli.Devices;

/// <summary>
/// Says every key that the running agent hears. The agent goes on taking them: a test through it is a look over the driver's shoulder, and what is a customer's
/// number to the agent is only that a digit was pressed to whoever looks.
/// </summary>
internal sealed class AgentKeypadTest(AgentClient client, Report report)
{
    private const string Hidden = "digit";

    private int _keys;

    /// <param name="length">How long it listens from the agent's first word on, unless it is stopped before.</param>
    /// <param name="stop">Ends it as well as it can end.</param>
    /// <exception cref="CommandFailedException">No agent runs, the keypad is not open, or no key was pressed.</exception>
    public async Task<int> RunAsync(TimeSpan length, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            await client.StreamAsync("/v1/watch/keypad", ControlJson.Default.WatchReport, TakeAsync, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The time is over, or Ctrl+C: how such a test is ended.
        }

        if (!report.Json)
            await report.WriteLineAsync(KeypadWords.Count(_keys));
        return _keys > 0 ? ExitCode.Ok : throw new CommandFailedException(ExitCode.TryAgain, KeypadWords.None);

        async Task TakeAsync(WatchReport seen, string json)
        {
            if (report.Json)
                await report.WriteJsonAsync(json);
            switch (seen.What)
            {
                case "watching":
                    DeviceTest.Demand("keypad", seen.Value ?? "", seen.Text);
                    end.CancelAfter(length);
                    await SayAsync($"{seen.Text} {KeypadWords.Press}");
                    await SayAsync($"The agent takes the keys as always. A digit of a customer's number is said as \"{Hidden}\", whichever it is.");
                    break;
                case "device":
                    DeviceTest.Demand("keypad", seen.Value ?? "", seen.Text);
                    break;
                case "key":
                    _keys++;
                    await SayAsync(Say(seen.Name));
                    break;
                case "dropped":
                    await SayAsync($"{seen.Count} keys were not shown: they came too fast");
                    break;
            }
        }
    }

    private static string Say(string? name)
    {
        foreach (var key in Enum.GetValues<Key>())
        {
            if (Kebab.Of(key) == name)
                return KeypadWords.Of(key);
        }

        return name ?? "";
    }

    private Task SayAsync(string line) => report.Json ? Task.CompletedTask : report.WriteLineAsync(line);
}
