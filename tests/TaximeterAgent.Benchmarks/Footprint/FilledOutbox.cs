using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Growth;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Benchmarks.Footprint;

/// <summary>An outbox with years in it, and with trips whose customers have not answered yet.</summary>
internal static class FilledOutbox
{
    private const string Phone = "91234567";

    /// <summary>Makes it: the agent asks for the open ones and settles one, and that is stored again and again as others.</summary>
    /// <param name="folder">Is made.</param>
    /// <param name="agent">Plays the trips.</param>
    /// <param name="settled">Trips that are settled.</param>
    /// <param name="open">Trips that wait for their customers.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task MakeAsync(string folder, IReadOnlyList<string> agent, int settled, int open, CancellationToken stop)
    {
        await PlayAsync(folder, agent, open, stop);
        var (state, history) = First(folder);
        PastTrips.Store(folder, state, history, settled - 1, stop);
    }

    private static async Task PlayAsync(string folder, IReadOnlyList<string> agent, int open, CancellationToken stop)
    {
        await using var car = await BenchCar.CreateAsync("filled", BenchCar.AtOnce, agent, root => root["Outbox"]!["Directory"] = folder);
        await car.World.SwitchOnAsync();
        await car.SettleAsync(Phone, stop);
        car.World.Apis.Customers.Number("47" + Phone, CustomerPlan.DoesNothing);
        for (var i = 0; i < open; i++)
        {
            var read = car.Wire.NextAnswerAsync(line => line.StartsWith("GET ", StringComparison.Ordinal));
            car.World.Meter.Finish(car.NewFare(Phone));
            await car.ForAsync(read, "the first look at the payment", stop);
        }

        await car.World.StopAgentAsync();
    }

    private static (TripState State, IReadOnlyList<HistoryLine> History) First(string folder)
    {
        using var outbox = SqliteOutbox.Open(folder, TimeProvider.System);
        return outbox.Load(1) is { State.Busy: false } settled
            ? (settled.State, outbox.Reader.HistoryOf(1))
            : throw new InvalidOperationException("the agent has left no settled trip in its outbox");
    }
}
