using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Cli;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting.Systemd;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Hosting;

/// <summary>
/// Runs the engine on one thread of its own: asleep until something is posted or due. A store that failed ends the process, because what is on disk is not known
/// and only a new start reads it.
/// </summary>
internal sealed class EngineThread : IHostedService, IDisposable
{
    /// <summary>How long calls on their way may take to come to their end at a stop. What does not is read back at the next start.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private readonly WakeSignal _woken = new();
    private readonly CarParts _parts;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ServiceManager _manager;
    private readonly Watchdog? _watchdog;
    private readonly ILogger<EngineThread> _log;
    private readonly Thread _thread;
    private volatile bool _stop;
    private Car? _car;

    public EngineThread(CarParts parts, TimeProvider time, IHostApplicationLifetime lifetime, ServiceManager manager, ILogger<EngineThread> log)
    {
        _parts = parts;
        _time = time;
        _lifetime = lifetime;
        _manager = manager;
        _watchdog = manager.Watchdog is { } interval ? new Watchdog(interval, time, manager.Alive) : null;
        _log = log;
        _thread = new Thread(Run) { Name = "engine", IsBackground = false };
    }

    /// <summary>What the process says when it ends.</summary>
    public int Exit { get; private set; } = ExitCode.Ok;

    /// <summary>The engine, for posting to; null before the start.</summary>
    public Engine? Engine => _car?.Engine;

    /// <summary>The driver's desk, for the engine's thread; null before the start.</summary>
    public DriverDesk? Desk => _car?.Driver;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _car = new Car(_parts, () => _woken.Set());
        // After every round, so only where somebody listens.
        if (_manager.IsThere)
        {
            _car.Engine.Settled += TellStatus;
            _car.Engine.NotStored += TellStatus;
        }

        _lifetime.ApplicationStopping.Register(_manager.Stopping);
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    /// <summary>A host that is stopped while it starts disposes its services without stopping them.</summary>
    public void Dispose()
    {
        End();
        _woken.Dispose();
    }

    private void End()
    {
        _stop = true;
        if (!_thread.IsAlive)
            return;
        _woken.Set();
        _thread.Join();
    }

    private void Run()
    {
        using var car = _car!;
        try
        {
            car.Start();
            _manager.Ready();
            car.Engine.RunsWell(Banner.Version);
            while (!_stop)
            {
                _watchdog?.Look(car.Engine);
                car.Engine.Drain();
                Wait(Schedule.Earliest(car.Engine.NextDue, _watchdog?.NextDue));
            }

            Finish(car);
        }
        catch (OutboxFailedException e)
        {
            Log.StoreFailed(_log, e.Message);
            LastPicture.Show(_parts.Display, _parts.Options.Car.Language);
            Exit = ExitCode.InputOutput;
        }
#pragma warning disable CA1031 // The last line of defence: the process ends with a code that says so, and systemd starts it anew.
        catch (Exception e)
#pragma warning restore CA1031
        {
            HostLog.EngineFailed(_log, e);
            LastPicture.Show(_parts.Display, _parts.Options.Car.Language);
            Exit = ExitCode.Software;
        }
        finally
        {
            _lifetime.StopApplication();
        }
    }

    private void Finish(Car car)
    {
        car.Engine.Stopping = true;
        var until = _time.After(s_patience);
        do
        {
            car.Engine.Drain();
            if (car.Engine.Dispatcher.InFlight == 0)
                break;
            Wait(until);
        }
        while (_time.GetTimestamp() < until);
        car.Engine.Drain();
    }

    private void TellStatus()
    {
        if (_car is { } car)
            _manager.Status(StatusLine.Of(car.Engine.Book.Trips.Count(trip => trip.Value.Busy), car.Status));
    }

    private void Wait(long? due)
    {
        if (due is not { } at)
        {
            _woken.Wait();
            return;
        }

        var left = _time.GetElapsedTime(_time.GetTimestamp(), at);
        if (left > TimeSpan.Zero)
            _woken.Wait(left < TimeSpan.FromHours(1) ? left + TimeSpan.FromMilliseconds(1) : TimeSpan.FromHours(1));
    }
}
