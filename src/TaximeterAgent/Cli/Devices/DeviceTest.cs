using System.CommandLine;
using TaximeterAgent.Cli.Configure;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting.Logging;

namespace TaximeterAgent.Cli.Devices;

/// <summary>What the tests of the devices have in common: the configuration, and what a device's state means for the exit code.</summary>
internal static class DeviceTest
{
    /// <summary>Said before a device is opened here.</summary>
    public const string NoAgent = $"{CommandLine.Name}: no agent runs; testing the device itself.";

    /// <summary>From the start to a device's first report; a driver that is stuck gives none.</summary>
    public static readonly TimeSpan FirstReport = TimeSpan.FromSeconds(10);

    public static Option<int> Seconds(int standard, string description)
    {
        var option = new Option<int>("--seconds") { Description = description, HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var seconds) || seconds is < 1 or > 3600))
                result.AddError("--seconds needs a number from 1 to 3600.");
        });
        return option;
    }

    /// <summary>Runs a test with the configuration, or tells what is wrong with that.</summary>
    public static async Task<int> WithOptionsAsync(string file, TextWriter error, Func<AgentOptions, Task<int>> test)
    {
        var report = ConfigurationLoader.Load(file);
        if (report.Options is null)
            return await ConfigCommand.TellFaultsAsync(report, error);
        try
        {
            return await test(report.Options);
        }
        catch (IOException fault)
        {
            await error.WriteLineAsync($"{CommandLine.Name}: {new Redaction(report.Secrets).Mask(fault.Message)}");
            return ExitCode.InputOutput;
        }
    }

    /// <summary>Tells why a device cannot be tested, and gives the exit code for that.</summary>
    public static async Task<int> TellAsync(DeviceStatus status, TextWriter error)
    {
        await error.WriteLineAsync($"{CommandLine.Name}: {status.Message}");
        return CodeOf(status.State);
    }

    /// <summary>Looks at a device as the agent that holds it tells of it; throws with the same exit codes as on the device itself.</summary>
    /// <param name="name">What is tested, for people.</param>
    /// <param name="state">The agent's word for the device's state.</param>
    /// <param name="message">The agent's message.</param>
    /// <exception cref="CommandFailedException">The device is not open.</exception>
    public static void Demand(string name, string state, string? message)
    {
        if (state == Kebab.Of(DeviceState.Open))
            return;
        foreach (var known in Enum.GetValues<DeviceState>())
        {
            if (Kebab.Of(known) == state)
                throw new CommandFailedException(CodeOf(known), message ?? $"the {name} is {state}");
        }

        throw new CommandFailedException(ExitCode.NotFound, $"the running agent has no {name}, or none that has said anything yet");
    }

    private static int CodeOf(DeviceState state) => state switch
    {
        DeviceState.Missing => ExitCode.NotFound,
        DeviceState.Busy => ExitCode.TryAgain,
        DeviceState.Forbidden => ExitCode.NoPermission,
        _ => ExitCode.InputOutput,
    };
}

/// <summary>A device's reports, to wait for.</summary>
internal sealed class DeviceReports
{
    private readonly TaskCompletionSource<DeviceStatus> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DeviceStatus> _trouble = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first report that is no good one.</summary>
    public Task<DeviceStatus> Trouble => _trouble.Task;

    public void Add(DeviceStatus status)
    {
        _first.TrySetResult(status);
        if (status.State != DeviceState.Open)
            _trouble.TrySetResult(status);
    }

    /// <summary>The first report; a device that gives none counts as stalled.</summary>
    public async Task<DeviceStatus> FirstAsync(string name, TimeProvider time, CancellationToken stop)
    {
        try
        {
            return await _first.Task.WaitAsync(DeviceTest.FirstReport, time, stop);
        }
        catch (TimeoutException)
        {
            return new DeviceStatus(DeviceState.Stalled, $"{name} says nothing: its driver does not come back.");
        }
    }

    /// <summary>Lets time pass; true if the device is well at its end.</summary>
    public async Task<bool> StaysWellAsync(TimeSpan length, TimeProvider time, CancellationToken stop)
    {
        var pause = Task.Delay(length, time, stop);
        await await Task.WhenAny(pause, _trouble.Task);
        return !_trouble.Task.IsCompleted;
    }
}
