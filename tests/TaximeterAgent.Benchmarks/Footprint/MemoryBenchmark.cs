using System.Globalization;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Limits;
using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Benchmarks.Footprint;

/// <summary>What stays in memory of an agent that has settled many trips over HTTPS and rests.</summary>
internal sealed class MemoryBenchmark : Benchmark
{
    private const double Goal = 1.3;
    private const int Trips = 1_000;
    private const int QuickTrips = 120;
    private const int TripsBetween = 5;
    private const string Phone = "91234567";

    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(300);

    public override string Name => "memory";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("taxi-memory-").FullName;
        try
        {
            var certificate = new OwnCertificate(Path.Combine(folder, "ca.pem"));
            await using var car = await BenchCar.CreateAsync(Name, BenchCar.AtOnce);
            await using var door = new PublicDoor(certificate.Certificate, car.Wire.EndPoint);
            car.World.Reconfigure(root => root["EPayment"]!["BaseUrl"] = door.Address.ToString().TrimEnd('/'));
            car.World.AgentEnvironment["SSL_CERT_FILE"] = certificate.File;
            await car.World.SwitchOnAsync();
            var trips = run.Quick ? QuickTrips : Trips;
            await SettleAsync(car, trips, stop);
            await run.CompareAsync(
                new Comparison(Name, Unit.Bytes, Goal, token => OursAsync(car, token), token => LimitAsync(folder, door.Address, certificate.File, token))
                {
                    WarmUps = 0,
                    Remarks = () => [$"ours after {trips} trips and {TripsBetween} more before each look"],
                },
                stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> OursAsync(BenchCar car, CancellationToken stop)
    {
        await SettleAsync(car, TripsBetween, stop);
        return await AtRestAsync(car.World.Agent!.Id, stop);
    }

    private static async Task<double> LimitAsync(string folder, Uri address, string trusted, CancellationToken stop)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N")[..8])).FullName;
        await using var host = LimitProcess.Start(EmptyHosts.WithWeb, [Path.Combine(place, "empty.db"), Path.Combine(place, "s"), address], place, new Dictionary<string, string> { ["SSL_CERT_FILE"] = trusted });
        await host.LineAsync(stop);
        return await AtRestAsync(host.Id, stop);
    }

    private static async Task SettleAsync(BenchCar car, int trips, CancellationToken stop)
    {
        for (var i = 0; i < trips; i++)
            await car.SettleAsync(Phone, stop);
    }

    private static async Task<double> AtRestAsync(int process, CancellationToken stop)
    {
        await Task.Delay(s_rest, stop);
        return Resident(process);
    }

    /// <summary>Bytes of a process that are in memory.</summary>
    internal static double Resident(int process)
    {
        const string line = "VmRSS:";
        var text = File.ReadLines($"/proc/{process}/status").First(one => one.StartsWith(line, StringComparison.Ordinal));
        return 1024.0 * long.Parse(text[line.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
