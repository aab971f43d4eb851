using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Data;

/// <summary>
/// Bytes on the mobile network for a settled trip: TLS, headers and polls included. <c>data</c> is for trips so far apart that each needs a connection of its own, as a
/// taxi's do; <c>data-kept</c> for trips in a row over one; <c>data-unanswered</c> is what a request costs that nobody answers until it expires.
/// </summary>
internal sealed class DataBenchmark : Benchmark
{
    // The first version that was measured, by this method; 40 % under it is the goal.
    private const double First = 14_134;
    private const double FirstKept = 12_941;
    private const double FirstUnanswered = 500_888;
    private const double GoalShare = 0.6;

    public override string Name => "data";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var agent = AgentCommand.BuiltWithUs();
        await TellAsync(run, "data", First * GoalShare, await MeteredShift.RunAsync(agent, run.Quick ? 2 : 10, apart: true, stop));
        await TellAsync(run, "data-kept", FirstKept * GoalShare, await MeteredShift.RunAsync(agent, run.Quick ? 3 : 20, apart: false, stop));
        await TellAsync(run, "data-unanswered", FirstUnanswered * GoalShare, await MeteredShift.UnansweredAsync(agent, stop));
    }

    public static Task TellAsync(Measurements run, string name, double goal, DataCount count) => run.CountAsync(name, Unit.Bytes, count.PerTrip, goal, false, count.Told);
}
