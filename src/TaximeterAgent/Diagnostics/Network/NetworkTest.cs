using System.Diagnostics;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>Walks from the board to the payment service, step by step, and says where it ends.</summary>
/// <param name="steps">The steps in their order.</param>
internal sealed class NetworkTest(IReadOnlyList<NetworkStep> steps)
{
    /// <summary>From then on whoever waits is told what for.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    /// <summary>A step that does not end though its time is over is left behind: getaddrinfo cannot be called off.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    /// <summary>All steps there are.</summary>
    public static NetworkTest Whole() => new(
        [new ModemStep(), new LinkStep(), new AddressStep(), new RouteStep(), new NameStep(), new ConnectStep(), new TlsStep(), new ClockStep(), new TokenStep(), new EPaymentStep()]);

    /// <param name="route">What is tested.</param>
    /// <param name="found">Told of each step when it has ended.</param>
    /// <param name="waiting">Told what is waited for, when a step takes long.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<NetworkTestReport> RunAsync(
        NetworkRoute route, Func<NetworkStepReport, Task> found, Func<string, Task> waiting, CancellationToken stop)
    {
        var reports = new List<NetworkStepReport>();
        NetworkStepReport? broken = null;
        string? blocked = null;
        foreach (var step in steps)
        {
            var begun = route.Time.GetTimestamp();
            var result = blocked is null || !step.NeedsTheOthers
                ? await RunAsync(step, route, waiting, stop)
                : StepResult.Skipped($"{blocked} is broken");
            if (result.State == StepState.Broken && step.Blocks)
                blocked ??= step.Name;
            Debug.Assert(result.State != StepState.Broken || (result.Cause is not null && result.Cure is not null), "What is broken has a cause and a cure.");
            var report = result.Report(step.Name, route.Time.GetElapsedTime(begun));
            // What stops the rest is told before what does not: a modem that is off while a cable is plugged in.
            if (result.State == StepState.Broken && (broken is null || (step.Blocks && step.Name == blocked)))
                broken = report;
            reports.Add(report);
            await found(report);
        }

        return new NetworkTestReport
        {
            Passed = broken is null,
            Broken = broken?.Because ?? broken?.Step,
            Service = route.Service.GetLeftPart(UriPartial.Authority),
            Steps = reports,
        };
    }

    private static async Task<StepResult> RunAsync(NetworkStep step, NetworkRoute route, Func<string, Task> waiting, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(route.Limit, route.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        var running = step.RunAsync(route, either.Token);
        try
        {
            try
            {
                return await running.WaitAsync(s_silence, route.Time, stop);
            }
            catch (TimeoutException) when (!running.IsCompleted)
            {
                await waiting($"{step.WaitsFor}, at most {route.Limit.TotalSeconds:0.#} s");
                return await running.WaitAsync(route.Limit + s_grace, route.Time, stop);
            }
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return step.TimedOut(route);
        }
    }
}
