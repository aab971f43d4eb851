using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Benchmarks.Soak;

/// <summary>Fares with a known number through one agent, as fast as they are acknowledged; customers approve at once.</summary>
internal sealed class SoakShift : IDisposable
{
    /// <summary>Fares that are not paid yet: enough that the agent never waits for the meter.</summary>
    private const int OpenMost = 8;

    /// <summary>A tenth of all is what the rest is compared with.</summary>
    private const int EarlyShare = 10;

    private static readonly Pace s_pace = Pace.Shortened with
    {
        CustomerThinks = TimeSpan.Zero,
        PollFirst = TimeSpan.FromMilliseconds(10),
        PollEvery = TimeSpan.FromMilliseconds(10),
        Heartbeat = Pace.RealTime.Heartbeat,
        HeartbeatLost = Pace.RealTime.HeartbeatLost,
        Patience = TimeSpan.FromMinutes(2),
    };

    private readonly World _world;
    private readonly string _figures;
    private readonly SemaphoreSlim _room = new(OpenMost);
    private readonly HashSet<string> _paid = new(StringComparer.Ordinal);
    private int _trips;

    private SoakShift(World world)
    {
        _world = world;
        _figures = Path.Combine(world.Places.Root, "soak-figures");
        world.AgentEnvironment[HostedAgent.FileVariable] = _figures;
        world.Meter.FrameLogged += Look;
    }

    /// <param name="trips">How many in all.</param>
    /// <param name="leak">An argument for <see cref="HostedAgent"/>; null: it does not leak.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What the agent held after a tenth of the trips, and after all.</returns>
    public static async Task<(SoakReading Early, SoakReading Late, TimeSpan Took)> RunAsync(int trips, string? leak, CancellationToken stop)
    {
        var time = TimeProvider.System;
        var options = new WorldOptions { Name = "soak", Pace = s_pace, AgentCommand = Program(leak), MostPayments = trips + OpenMost };
        await using var world = await World.CreateAsync(options, new Transcript(TextWriter.Null, time), time, wire: null);
        using var shift = new SoakShift(world);
        await world.SwitchOnAsync();
        var began = time.GetTimestamp();
        await shift.DriveAsync(trips / EarlyShare, stop);
        var early = await shift.ReadAsync(stop);
        await shift.DriveAsync(trips - trips / EarlyShare, stop);
        var took = time.GetElapsedTime(began);
        var late = await shift.ReadAsync(stop);
        if (world.Violations() is [var found, ..])
            throw new InvalidOperationException($"a rule was broken: {found.Rule}: {found.Detail}");
        return (early, late, took);
    }

    public void Dispose()
    {
        _world.Meter.FrameLogged -= Look;
        _room.Dispose();
    }

    private async Task DriveAsync(int trips, CancellationToken stop)
    {
        for (var i = 0; i < trips; i++)
        {
            if (!await _room.WaitAsync(s_pace.Patience, stop))
                throw new InvalidOperationException($"no trip was paid for {s_pace.Patience}, after {_trips}: {string.Join(" / ", _world.Agent!.Tail)}");
            _world.Meter.Finish(Ride.BegunHere(_world.NewTrip()) with { Phone = _world.NewCustomer().National });
            _trips++;
        }

        await _world.WaitAsync(AllPaid, "the last fares to be paid").WaitAsync(stop);
    }

    private bool AllPaid()
    {
        lock (_paid)
            return _paid.Count == _trips && !_world.Meter.IsTalking;
    }

    // Under the meter's lock. A result may be told twice.
    private void Look(LineFrame frame)
    {
        if (frame.FromMeter || Tfp1Message.Parse(frame.Payload, out _) is not { Type: "PAID" } paid)
            return;
        lock (_paid)
        {
            if (!_paid.Add(paid["trip"]!))
                return;
        }

        _room.Release();
    }

    private async Task<SoakReading> ReadAsync(CancellationToken stop)
    {
        File.Delete(_figures);
        Posix.Send(_world.Agent!.Id, HostedAgent.Signal);
        await _world.WaitAsync(() => File.Exists(_figures), "what is alive in the agent").WaitAsync(stop);
        var heap = long.Parse(await File.ReadAllTextAsync(_figures, stop), CultureInfo.InvariantCulture);
        return SoakReading.Of(_world.Agent.Id, _trips, heap);
    }

    // With the collector's settings of the agent and not of the benchmarks.
    private static string[] Program(string? leak)
    {
        var us = typeof(HostedAgent).Assembly.Location;
        var settings = Path.Combine(Path.GetDirectoryName(us)!, "taximeter-agent.runtimeconfig.json");
        return [AgentCommand.DotnetHost(), "exec", "--runtimeconfig", settings, us, CommandLine.LimitVerb, HostedAgent.Name, .. leak is null ? Array.Empty<string>() : [leak]];
    }
}
