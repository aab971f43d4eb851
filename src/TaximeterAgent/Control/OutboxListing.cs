using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Control;

/// <summary>
/// The operations that are not finished, in the order in which they are tried. Pure, and made from what is stored: the running agent adds what its dispatcher knows,
/// and without an agent all of them rest.
/// </summary>
internal static class OutboxListing
{
    /// <param name="trips">Each trip with its operations.</param>
    /// <param name="now">The car's clock.</param>
    /// <param name="running">False where no agent runs that would try them.</param>
    public static OutboxListReport Of(IEnumerable<(TripState State, IEnumerable<QueuedOperation> Operations)> trips, DateTimeOffset now, bool running)
    {
        var lines = new List<(long Trip, OperationReport Report)>();
        var held = new List<string>();
        foreach (var (state, operations) in trips)
        {
            if (state.Held)
                held.Add(Reporting.IdOf(state));
            lines.AddRange(operations.Select(operation => (operation.Stored.TripKey, Of(state, operation, now, running))));
        }

        return new OutboxListReport(
            [.. lines
                .OrderBy(line => line.Report.WaitsFor == "answer" ? -1 : line.Report.InSeconds ?? double.MaxValue)
                .ThenBy(line => line.Trip)
                .ThenBy(line => line.Report.StoredAt)
                .Select(line => line.Report)],
            held);
    }

    private static OperationReport Of(TripState state, QueuedOperation queued, DateTimeOffset now, bool running)
    {
        var operation = queued.Stored.Operation;
        var attempt = state.Attempts.FirstOrDefault(a => a.Reference == operation.Reference);
        var (waitsFor, text) = Wait(state, queued, running);
        return new OperationReport
        {
            Trip = Reporting.IdOf(state),
            What = Kebab.Of(operation.Kind),
            Reference = operation.Reference.ToString(),
            Amount = operation.Amount?.MinorUnits,
            Currency = operation.Amount?.Currency.ToString(),
            StoredAt = queued.Stored.StoredAt,
            DueAt = queued.DueIn is { } left ? now + left : null,
            InSeconds = queued.DueIn is { } seconds ? Math.Round(seconds.TotalSeconds, 1) : null,
            Failures = attempt is null ? 0 : operation.Kind == OperationKind.PostReceipt ? attempt.ReceiptFailures : Math.Max(attempt.Failures, attempt.Refusals),
            WaitsFor = waitsFor,
            Held = state.Held,
            Text = text,
        };
    }

    private static (string WaitsFor, string Text) Wait(TripState state, QueuedOperation queued, bool running) => queued switch
    {
        { State: QueueState.OnItsWay } => ("answer", "on its way: its answer is awaited"),
        _ when !running => ("agent", "no agent runs: it is read first when one has started"),
        _ when state.Stopped is not null => ("technician", "the trip is stopped: a technician has to look"),
        _ when state.Held => ("technician", "a technician holds the trip: release it"),
        { State: QueueState.Resting } => ("reading", "its payment is read first"),
        { ForNetwork: true } => ("network", "the network, or its time"),
        { DueIn: { } left } when left > TimeSpan.Zero => ("time", "its time"),
        _ => ("turn", "its turn"),
    };
}
