using System.Diagnostics;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Limits;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Benchmarks.Latency;

/// <summary>What a hint needs at least, in its process, beside the car and with the same payment service.</summary>
internal sealed class BareHintPath : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly BenchCar _car;
    private readonly PseudoTerminal _line = new();
    private readonly LimitProcess _process;
    private HintSender? _hints;
    private TaskCompletionSource<long>? _paid;

    private BareHintPath(BenchCar car, int port)
    {
        _car = car;
        _line.Received += Received;
        // In the outbox's folder: on the same disk.
        _process = LimitProcess.Start(BareHint.Name, [port, _line.Path, car.Wire.Address, Path.Combine(car.World.Places.Root, "bare")], car.World.Places.Root);
    }

    public static async Task<BareHintPath> StartAsync(BenchCar car, int port, CancellationToken stop)
    {
        var path = new BareHintPath(car, port);
        try
        {
            await path._process.LineAsync(stop);
            path._hints = await HintSender.ConnectAsync(port, stop);
            return path;
        }
        catch
        {
            await path.DisposeAsync();
            throw;
        }
    }

    /// <summary>A payment is made and approved; then the hint comes.</summary>
    public async Task<(long Begin, long End)> SampleAsync(CancellationToken stop)
    {
        await _process.TellAsync("create");
        var reference = await _process.LineAsync(stop);
        if (!_car.World.Apis.Server.CustomerActs(reference, CustomerAct.Approve))
            throw new InvalidOperationException($"the service has no payment {reference}");
        await Task.Delay(Latencies.Rest, stop);

        var paid = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _paid = paid;
        var begin = await _hints!.SendAsync(reference, stop);
        return (begin, await Patience.ForAsync(paid.Task, "the bare PAID", stop));
    }

    public async ValueTask DisposeAsync()
    {
        _hints?.Dispose();
        await _process.DisposeAsync();
        _line.Dispose();
    }

    private void Received(ReadOnlyMemory<byte> bytes)
    {
        var at = Stopwatch.GetTimestamp();
        if (!bytes.Span.Contains(Tfp1.CarriageReturn))
            return;
        lock (_gate)
            _paid?.TrySetResult(at);
    }
}
