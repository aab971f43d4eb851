using System.Diagnostics;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Benchmarks.Latency;

/// <summary>From the driver's key that confirms a number to the first byte of the request at the payment service.</summary>
internal sealed class KeyToWireBenchmark : Benchmark
{
    private const double Goal = 1.5;
    private const string Phone = "91234567";
    private const char Confirm = '#';

    // Pressed and let go, each with its scan code and its end.
    private const int KeyBytes = 2 * 3 * Keypad.EventSize;

    public override string Name => "key-to-wire";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        await using var car = await BenchCar.CreateAsync(Name, BenchCar.AtOnce);
        await car.World.SwitchOnAsync();
        await using var bare = await BarePath.StartAsync(car, new byte[KeyBytes], stop);

        var count = run.Quick ? 8 : 120;
        var ours = new Latencies(count, token => KeyAsync(car, token));
        var limit = new Latencies(count, bare.SampleAsync);
        await run.CompareAsync(
            new Comparison(Name, Unit.Seconds, Goal, ours.MeasureAsync, limit.MeasureAsync) { Remarks = () => [ours.Describe("ours"), limit.Describe("limit")] },
            stop);
    }

    /// <summary>One sample: a fare without a number, eight digits, and the key that counts.</summary>
    internal static async Task<(long Begin, long End)> KeyAsync(BenchCar car, CancellationToken stop)
    {
        long pressed = 0;
        void Pressed(char key) => pressed = key == Confirm ? Stopwatch.GetTimestamp() : 0;
        var asked = car.ScreenAsync(ScreenWords.Asks);
        car.World.Meter.Finish(car.NewFare(phone: null));
        await car.ForAsync(asked, "the question for the number", stop);
        var typed = car.ScreenAsync(screen => screen.ToString().Replace(" ", "", StringComparison.Ordinal).Contains(Phone, StringComparison.Ordinal));
        car.World.Keypad.Type(Phone);
        await car.ForAsync(typed, "the number on the display", stop);
        await Task.Delay(Latencies.Rest, stop);

        var create = car.Wire.NextAsync(ServiceCall.IsCreate);
        var paid = car.FrameAsync("PAID", fromMeter: false);
        car.World.Keypad.Pressed += Pressed;
        car.World.Keypad.Type(Confirm.ToString());
        car.World.Keypad.Pressed -= Pressed;
        var request = await car.ForAsync(create, "the request for the number", stop);
        await car.ForAsync(paid, "PAID", stop);
        return (pressed, request.Arrived);
    }
}
