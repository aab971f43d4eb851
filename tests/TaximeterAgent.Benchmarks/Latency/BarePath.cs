using System.Diagnostics;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Limits;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Latency;

/// <summary>The bare loop in its process, on a line of its own, beside the car and with the same payment service.</summary>
internal sealed class BarePath : IAsyncDisposable
{
    private readonly PseudoTerminal _line;
    private readonly LimitProcess _process;
    private readonly StampedWire _wire;
    private readonly byte[] _input;

    private BarePath(PseudoTerminal line, LimitProcess process, StampedWire wire, byte[] input)
    {
        _line = line;
        _process = process;
        _wire = wire;
        _input = input;
    }

    /// <param name="car">Whose service.</param>
    /// <param name="input">What begins each sample.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<BarePath> StartAsync(BenchCar car, byte[] input, CancellationToken stop)
    {
        var line = new PseudoTerminal();
        // In the outbox's folder: on the same disk.
        var process = LimitProcess.Start(BareLoop.Name, [line.Path, input.Length, car.Wire.Address, Path.Combine(car.World.Places.Root, "bare")], car.World.Places.Root);
        var path = new BarePath(line, process, car.Wire, input);
        try
        {
            await process.LineAsync(stop);
            return path;
        }
        catch
        {
            await path.DisposeAsync();
            throw;
        }
    }

    /// <summary>One input, until its request is answered.</summary>
    public async Task<(long Begin, long End)> SampleAsync(CancellationToken stop)
    {
        var create = _wire.NextAnswerAsync(ServiceCall.IsCreate);
        var begin = Stopwatch.GetTimestamp();
        _line.Write(_input);
        return (begin, (await Patience.ForAsync(create, "the bare loop's request", stop)).Arrived);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _line.Dispose();
    }
}
