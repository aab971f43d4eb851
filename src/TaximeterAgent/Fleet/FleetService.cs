using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;
using TaximeterAgent.Webhooks;

namespace TaximeterAgent.Fleet;

/// <summary>
/// The car's side of the fleet: keeps a connection to the broker, takes hints and orders from it, and reports. Without it everything works by polling; so nothing waits
/// for it, and nothing that happens to it stops the agent.
/// </summary>
internal sealed class FleetService(
    RelayOptions options, IFleetLink link, Func<Engine?> engine, HintDesk hints, CarReports reports, FleetStatus status, IIdSource ids, TimeProvider time, ILogger<FleetService> log)
    : IHostedService, IFleetMessages, IDisposable
{
    /// <summary>How long a stop waits for the connection to be closed.</summary>
    private static readonly TimeSpan s_stop = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly OrderTaker _orders = new(engine, status, ids, time, log);
    private ReportDesk? _desk;
    private IFleetSession? _session;
    private Task _running = Task.CompletedTask;
    private int _failures;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (engine() is { } running)
        {
            _desk = new ReportDesk(running, reports, options.ReportEvery, time, log);
            _running = RunAsync(_desk, _stop.Token);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        // What the broker has not heard of is delivered again; it is not worth a second more.
        await _running.WaitAsync(s_stop, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _desk?.Dispose();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _desk?.Dispose();
    }

    Task IFleetMessages.HintAsync(ReadOnlyMemory<byte> body)
    {
        if (HintOf(body) is { } reference)
        {
            status.Hint();
            hints.Take(reference);
        }
        else
        {
            status.Unreadable();
            FleetLog.Unreadable(log, "hint");
        }

        return Task.CompletedTask;
    }

    async Task IFleetMessages.OrderAsync(ReadOnlyMemory<byte> body, CancellationToken lost)
    {
        if (await _orders.TakeAsync(body, lost) is not { } answer)
            return;
        CarReport? report;
        while ((report = await _desk!.NowAsync(answer, lost)) is null)
            await Task.Delay(Backoff.Of(options.ReconnectFirst, options.ReconnectMost, 1, ids.NextFraction()), time, lost);
        await PublishAsync(_session!, report, lost);
    }

    private async Task RunAsync(ReportDesk desk, CancellationToken stop)
    {
        // Not in the start of the host, which everything else waits for.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Away(await SessionAsync(desk, stop));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (FleetAwayException e)
            {
                Away(e);
            }
#pragma warning disable CA1031 // Whatever a library has come upon: the car polls, and tries again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Away(new FleetAwayException(FleetCause.Lost, Shown.Plain(e.Message), e));
            }

            _failures++;
            await Task.Delay(Backoff.Of(options.ReconnectFirst, options.ReconnectMost, _failures, ids.NextFraction()), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // From the first step of a connection to its end.
    private async Task<FleetAwayException> SessionAsync(ReportDesk desk, CancellationToken stop)
    {
        if (options.Password.Length == 0)
            throw new FleetAwayException(FleetCause.NoPassword, $"{Keys.RelayPassword.Name} is nowhere");
        await using var session = await link.OpenAsync(stop);
        _session = session;
        desk.Anew();
        await session.ReadAsync(this, stop);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reporting = ReportAsync(desk, session, ended.Token);
        var first = await Task.WhenAny(session.Lost, reporting).WaitAsync(stop);
        await ended.CancelAsync();
        if (first == reporting)
            await reporting;
        else
            await reporting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await session.Lost;
    }

    // The first report proves that both ways are open: only then is it said to be there.
    private async Task ReportAsync(ReportDesk desk, IFleetSession session, CancellationToken stop)
    {
        while (true)
        {
            var report = await desk.NextAsync(stop);
            desk.Taken();
            await PublishAsync(session, report, stop);
        }
    }

    private async Task PublishAsync(IFleetSession session, CarReport report, CancellationToken stop)
    {
        await session.PublishAsync(JsonSerializer.SerializeToUtf8Bytes(report, FleetJson.Default.CarReport), stop);
        status.Reported();
        if (status.Report().Connected)
            return;
        _failures = 0;
        status.Connected();
        FleetLog.Connected(log, options.Uri!.Authority);
    }

    private void Away(FleetAwayException why)
    {
        if (status.Away(why))
            FleetLog.Away(log, options.Uri!.Authority, why.Message);
    }

    private static Reference? HintOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Reference.TryParse(JsonSerializer.Deserialize(body.Span, FleetJson.Default.PaymentHint)?.Reference, out var reference) ? reference : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
