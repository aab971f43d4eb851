using System.Diagnostics;
using System.Globalization;
using RabbitMQ.Client;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>
/// What a broker needs for each car that is connected and waits: its memory, how long all take to come back after it was away, and whether a hint then reaches every
/// one of them.
/// </summary>
internal sealed class RelayCarsBenchmark : Benchmark
{
    private const int Cars = 5_000;
    private const int QuickCars = 200;

    /// <summary>Cars that connect at the same moment.</summary>
    private const int Together = 16;

    // What a node of the fleet's broker is planned with; docs/fleet.md, "Sizing".
    private const double MemoryGoal = 768 * 1024;
    private const double ConnectGoal = 50;

    public override string Name => "relay-cars";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var count = run.Quick ? QuickCars : Cars;
        var rest = TimeSpan.FromSeconds(run.Quick ? 9 : 120);
        await using var services = await Cloud.StartAsync("12GB");
        using var management = Cloud.ManagementOf(services);
        var broker = new BrokerProcess(services.BrokerId, management);
        var empty = await broker.MemoryAtRestAsync(rest, stop);
        var descriptors = broker.Descriptors();

        var began = Stopwatch.GetTimestamp();
        await FleetCars.AddAsync(management, 0, count, stop);
        var added = Stopwatch.GetElapsedTime(began);
        var withQueues = await broker.MemoryAtRestAsync(rest, stop);

        var taken = 0;
        var uri = new Uri(services.Environment["RELAY_Broker__Uri"]);
        var cars = new FleetCar[count];
        try
        {
            began = Stopwatch.GetTimestamp();
            await Parallel.ForAsync(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = stop },
                async (number, token) => cars[number] = await FleetCar.ConnectAsync(uri, FleetCars.Address(number), () => Interlocked.Increment(ref taken), token));
            var connected = Stopwatch.GetElapsedTime(began);
            var withCars = await broker.MemoryAtRestAsync(rest, stop);
            var processor = await broker.ProcessorAsync(TimeSpan.FromSeconds(run.Quick ? 5 : 30), stop);
            var (open, processes) = (broker.Descriptors(), await broker.ErlangProcessesAsync(stop));
            var hinted = await HintAllAsync(services, count, () => Volatile.Read(ref taken), stop);

            await run.CountAsync($"{Name}-connected", Unit.Number, cars.Count(car => car.Open), count, moreIsBetter: true, Plain($"a hint to each: all taken after {hinted.TotalSeconds:0.0} s"));
            await run.CountAsync(
                $"{Name}-memory",
                Unit.Bytes,
                (withCars - empty) / count,
                MemoryGoal,
                moreIsBetter: false,
                Plain($"the broker's process: {Mebibytes(empty)} with no car, {Mebibytes(withQueues)} with the queues of {count}, {Mebibytes(withCars)} with all connected"),
                Plain($"at rest: {processor:P1} of one processor, {(open - descriptors) / (double)count:0.00} file descriptors and {processes / (double)count:0.0} Erlang processes a car"));
            await run.CountAsync($"{Name}-connect", Unit.PerSecond, count / connected.TotalSeconds, ConnectGoal, moreIsBetter: true, Plain($"{Together} at a time; their queues were made at {count / added.TotalSeconds:0} cars a second"));
        }
        finally
        {
            foreach (var car in cars)
            {
                if (car is not null)
                    await car.DisposeAsync();
            }
        }
    }

    /// <summary>A hint to each car; until all are taken.</summary>
    private static async Task<TimeSpan> HintAllAsync(CloudServices services, int count, Func<int> taken, CancellationToken stop)
    {
        await using var connection = await RelayConnection.OpenAsync(services.Environment, stop);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), stop);
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < count; number++)
            await channel.BasicPublishAsync(BrokerNames.Hints, FleetCars.Address(number).RoutingKey, mandatory: true, "{}"u8.ToArray(), stop);
        while (taken() < count)
            await Task.Delay(20, stop);
        return Stopwatch.GetElapsedTime(began);
    }

    private static string Mebibytes(double bytes) => Plain($"{bytes / (1024 * 1024):0} MiB");

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
