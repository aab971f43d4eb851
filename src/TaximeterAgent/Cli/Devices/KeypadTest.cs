using System.Globalization;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Cli.Devices;

/// <summary>What a test of the keypad says, wherever its keys come from.</summary>
internal static class KeypadWords
{
    public const string Press = "Press keys; Ctrl+C ends.";

    public const string None = "no key was pressed, or none that the keymap knows";

    public static string Of(Key key) => key.Digit() is { } digit ? digit.ToString(CultureInfo.InvariantCulture) : key.ToString();

    public static string Count(int keys) => string.Create(CultureInfo.InvariantCulture, $"{keys} keys");
}

/// <summary>Says every key that is pressed. Knows only that there is a keypad, not where its keys come from.</summary>
internal sealed class KeypadTest(IKeypad pad, TextWriter output, TextWriter error, TimeProvider time) : IKeypadEvents
{
    private readonly DeviceReports _reports = new();
    private readonly Lock _gate = new();
    private int _keys;

    /// <param name="length">How long it listens, unless it is stopped before.</param>
    /// <param name="stop">Ends it as well as it can end.</param>
    public async Task<int> RunAsync(TimeSpan length, CancellationToken stop)
    {
        try
        {
            pad.Start(this);
            var first = await _reports.FirstAsync("The keypad", time, stop);
            if (first.State != DeviceState.Open)
                return await DeviceTest.TellAsync(first, error);
            Say($"{first.Message} {KeypadWords.Press}");
            if (!await _reports.StaysWellAsync(length, time, stop))
                return await DeviceTest.TellAsync(await _reports.Trouble, error);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // How such a test is ended.
        }

        Say(KeypadWords.Count(_keys));
        if (_keys > 0)
            return ExitCode.Ok;
        await error.WriteLineAsync($"{CommandLine.Name}: {KeypadWords.None}");
        return ExitCode.TryAgain;
    }

    void IKeypadEvents.Pressed(Key key)
    {
        lock (_gate)
            _keys++;
        Say(KeypadWords.Of(key));
    }

    void IKeypadEvents.Changed(DeviceStatus status) => _reports.Add(status);

    // Keys come on the pad's thread.
    private void Say(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
