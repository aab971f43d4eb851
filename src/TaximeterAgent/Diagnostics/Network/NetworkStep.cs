namespace TaximeterAgent.Diagnostics.Network;

/// <summary>One step on the way from the board to the payment service.</summary>
internal abstract class NetworkStep
{
    /// <summary>The step's name, for programs: lower case.</summary>
    public abstract string Name { get; }

    /// <summary>What is waited for, for people who wait.</summary>
    public abstract string WaitsFor { get; }

    /// <summary>True if nothing after it can be well while this is broken.</summary>
    public virtual bool Blocks => true;

    /// <summary>False if it has something to say even where an earlier step is broken.</summary>
    public virtual bool NeedsTheOthers => true;

    /// <summary>
    /// Finds out. Ends soon after <paramref name="limit"/> is cancelled, which is the step's own time running out, by throwing <see
    /// cref="OperationCanceledException"/> or with a result that says so.
    /// </summary>
    public abstract Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit);

    /// <summary>What it means that the time ran out.</summary>
    public virtual StepResult TimedOut(NetworkRoute route) => StepResult.Broken(
        $"nothing within {route.Limit.TotalSeconds:0.#} s", $"{WaitsFor} did not end in time", "try again where reception is better, or with a longer --timeout");
}
