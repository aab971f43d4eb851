using System.Diagnostics;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Benchmarks.Car;

/// <summary>
/// The simulator's car around the agent as a board runs it: meter on a pseudo terminal, keypad, display, payment service, all with monotonic stamps. What is waited for is
/// waited for by events; nothing looks now and then while a stamp is awaited.
/// </summary>
internal sealed class BenchCar : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<AwaitedFrames> _frames = [];
    private readonly List<(Predicate<Screen> Which, TaskCompletionSource<Screen> Seen)> _screens = [];
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private int _trips = 100_000;

    private BenchCar(World world, TimeProvider time, TimeSpan patience)
    {
        _patience = patience;
        World = world;
        _time = time;
        Wire = new StampedWire(world.Apis.EndPoint);
        world.Reconfigure(root => root["EPayment"]!["BaseUrl"] = Wire.Address);
        world.Meter.FrameLogged += Logged;
        world.Display.Changed += Shown;
    }

    public World World { get; }

    /// <summary>What the agent's calls go through.</summary>
    public StampedWire Wire { get; }

    /// <summary>Everything around an agent that is not started yet.</summary>
    /// <param name="name">The benchmark.</param>
    /// <param name="pace">The waiting times.</param>
    /// <param name="configure">What else its configuration says.</param>
    /// <exception cref="NotHereException">This is no release build.</exception>
    public static Task<BenchCar> CreateAsync(string name, Pace pace, Action<JsonObject>? configure = null) => CreateAsync(name, pace, BoardBuild.Agent, configure);

    /// <summary>The same with another agent, which is waited for as long as is said.</summary>
    internal static async Task<BenchCar> CreateAsync(string name, Pace pace, IReadOnlyList<string> agent, Action<JsonObject>? configure = null, TimeSpan? patience = null)
    {
        var time = TimeProvider.System;
        var options = new WorldOptions { Name = name, Pace = pace, AgentCommand = agent };
        var car = new BenchCar(await World.CreateAsync(options, new Transcript(TextWriter.Null, time), time, wire: null), time, patience ?? Patience.Usual);
        if (configure is not null)
            car.World.Reconfigure(configure);
        return car;
    }

    /// <summary>Waiting times of a real car, but for customers who have approved when they are asked, and a first look that comes at once.</summary>
    public static Pace AtOnce => Pace.RealTime with { CustomerThinks = TimeSpan.Zero, PollFirst = TimeSpan.FromMilliseconds(10), PollEvery = TimeSpan.FromMilliseconds(100) };

    /// <summary>A fare of a trip that has just begun, so that no earlier store can have asked for it.</summary>
    /// <param name="phone">The customer's number, if the meter knows it.</param>
    public TripFare NewFare(string? phone)
    {
        var now = MeterWords.Time(_time.GetUtcNow());
        var key = new TripKey(World.Meter.Id, (_trips++).ToString(System.Globalization.CultureInfo.InvariantCulture), now);
        return new TripFare(key, 34_500, "NOK") { Fare = 31_000, Supplement = 3_500, Finish = now, Phone = phone };
    }

    /// <summary>The moment of the next frame of a type on the line, as a monotonic timestamp: of the meter's just before it is written, of the agent's when it is whole.</summary>
    public Task<long> FrameAsync(string type, bool fromMeter) => FramesAsync(type, 1, fromMeter);

    /// <summary>The same of so many: the moment of the last.</summary>
    public Task<long> FramesAsync(string type, int count, bool fromMeter = false)
    {
        var awaited = new AwaitedFrames(type + "|", fromMeter, count);
        lock (_gate)
            _frames.Add(awaited);
        return awaited.Seen.Task;
    }

    /// <summary>The next such screen that the display shows.</summary>
    public Task<Screen> ScreenAsync(Predicate<Screen> which)
    {
        var seen = new TaskCompletionSource<Screen>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _screens.Add((which, seen));
        return seen.Task;
    }

    /// <summary>A whole trip, from its fare to PAID.</summary>
    public async Task SettleAsync(string phone, CancellationToken stop)
    {
        var paid = FrameAsync("PAID", fromMeter: false);
        World.Meter.Finish(NewFare(phone));
        await ForAsync(paid, "PAID", stop);
    }

    /// <summary>Waits for what the agent has to bring about.</summary>
    /// <exception cref="InvalidOperationException">It does not; the message says what, and what the agent wrote last.</exception>
    public async Task<T> ForAsync<T>(Task<T> awaited, string what, CancellationToken stop)
    {
        try
        {
            return await Patience.ForAsync(awaited, what, stop, _patience);
        }
        catch (InvalidOperationException e) when (World.Agent is { Tail.Count: > 0 } agent)
        {
            throw new InvalidOperationException($"{e.Message}; the agent wrote last: {string.Join(" / ", agent.Tail.TakeLast(3))}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        Wire.Dispose();
    }

    private void Logged(LineFrame frame)
    {
        var at = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            foreach (var awaited in _frames.Where(one => one.Takes(frame)).ToList())
            {
                if (--awaited.Left > 0)
                    continue;
                _frames.Remove(awaited);
                awaited.Seen.SetResult(at);
            }
        }
    }

    private void Shown(Screen screen)
    {
        lock (_gate)
        {
            foreach (var awaited in _screens.Where(one => one.Which(screen)).ToList())
            {
                _screens.Remove(awaited);
                awaited.Seen.SetResult(screen);
            }
        }
    }

    private sealed class AwaitedFrames(string start, bool fromMeter, int count)
    {
        public int Left { get; set; } = count;

        public TaskCompletionSource<long> Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Takes(LineFrame frame) => frame.FromMeter == fromMeter && frame.Payload.StartsWith(start, StringComparison.Ordinal);
    }
}
