using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Simulation;

/// <summary>A capture or refund that is tried again goes out under another key.</summary>
internal sealed class NewKeyOnRetry : CallSaboteur
{
    private readonly Dictionary<string, int> _tries = [];

    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        var operation = stored.Operation;
        var tries = _tries[operation.Id] = _tries.GetValueOrDefault(operation.Id) + 1;
        return inner.TryAsync(tries > 1 && operation.MovesMoney ? stored with { Operation = operation with { Id = $"{operation.Id}-{tries}" } } : stored, stop);
    }
}

/// <summary>A capture without an answer counts as done.</summary>
internal sealed class CaptureWithoutCheck : CallSaboteur
{
    protected override async Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        var report = await inner.TryAsync(stored, stop);
        return stored.Operation.Kind == OperationKind.Capture && report.Outcome is TryOutcome.Unknown or TryOutcome.NotSent && LastReading(stored.Operation.Reference) is { } last
            && stored.Operation.Amount is { } amount
            ? Says(last with { Captured = last.Captured + amount.MinorUnits })
            : report;
    }
}

/// <summary>What is reserved and not needed is said to be released, and is not.</summary>
internal sealed class ForgetRelease : CallSaboteur
{
    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop) =>
        stored.Operation.Kind == OperationKind.Cancel && LastReading(stored.Operation.Reference) is { } last
            ? Task.FromResult(Says(last with { Cancelled = last.Authorized - last.Captured }))
            : inner.TryAsync(stored, stop);
}

/// <summary>The rest of a reservation is released before the fare is captured from it.</summary>
internal sealed class ReleaseBeforeCapture : CallSaboteur
{
    protected override async Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        var operation = stored.Operation;
        if (operation is { Kind: OperationKind.Capture, Amount: { } amount } && LastReading(operation.Reference) is { } last && last.Authorized > amount.MinorUnits)
            await inner.TryAsync(stored with { Operation = operation with { Id = operation.Id + "-r", Kind = OperationKind.Cancel }, Body = default }, stop);
        return await inner.TryAsync(stored, stop);
    }
}

/// <summary>A request counts as ended as soon as somebody wants it to be.</summary>
internal sealed class TwoLiveAttempts : CallSaboteur
{
    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop) =>
        stored.Operation.Kind == OperationKind.CancelUnapproved && LastReading(stored.Operation.Reference) is { } last
            ? Task.FromResult(Says(last with { State = PaymentState.Terminated, Authorized = 0 }))
            : inner.TryAsync(stored, stop);
}

/// <summary>What is to be released is captured.</summary>
internal sealed class CaptureAfterVoid : CallSaboteur
{
    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        var operation = stored.Operation;
        if (operation.Kind != OperationKind.Cancel || LastReading(operation.Reference) is not { Captured: 0, Authorized: > 0 and var authorized })
            return inner.TryAsync(stored, stop);
        var capture = operation with { Kind = OperationKind.Capture, Amount = new Money(authorized, Currency.NOK) };
        return inner.TryAsync(stored with { Operation = capture, Body = inner.Body(capture, new TripState()) }, stop);
    }
}

/// <summary>A payment that is not found was never made.</summary>
internal sealed class Trust404 : CallSaboteur
{
    protected override async Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        var report = await inner.TryAsync(stored, stop);
        return stored.Operation.Kind == OperationKind.Query && report.Outcome is TryOutcome.Refused { Kind: Refusal.NotFound } && Invented(stored.Operation.Reference, PaymentState.Terminated) is { } gone
            ? Says(gone)
            : report;
    }
}

/// <summary>What was read once stays as it was.</summary>
internal sealed class PollOnlyOnce : CallSaboteur
{
    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop) =>
        stored.Operation.Kind == OperationKind.Query && LastReading(stored.Operation.Reference) is { } last ? Again(last) : inner.TryAsync(stored, stop);

    // Not at once, or the agent would ask for ever at the same moment.
    private Task<CallReport> Again(PaymentReading last)
    {
        var later = new TaskCompletionSource<CallReport>();
        World.Clock.After(TimeSpan.FromSeconds(5), () => later.TrySetResult(Says(last)));
        return later.Task;
    }
}

/// <summary>Who says that a payment has changed is believed: it is approved.</summary>
internal sealed class TrustWebhook : CallSaboteur
{
    private readonly HashSet<Reference> _hinted = [];

    public override void Hinted(Reference reference) => _hinted.Add(reference);

    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop) =>
        stored.Operation.Kind == OperationKind.Query && _hinted.Remove(stored.Operation.Reference) && LastReading(stored.Operation.Reference) is not { State: PaymentState.Authorized }
            && Invented(stored.Operation.Reference, PaymentState.Authorized) is { } approved
            ? Task.FromResult(Says(approved))
            : inner.TryAsync(stored, stop);
}

/// <summary>A request is ended even if the customer has just approved it.</summary>
internal sealed class CancelWithoutFlag : CallSaboteur
{
    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop) =>
        inner.TryAsync(stored.Operation.Kind == OperationKind.CancelUnapproved ? stored with { Body = default } : stored, stop);
}

/// <summary>A request that never arrived is sent once more when all have given it up.</summary>
internal sealed class ResendAfterExpiry : CallSaboteur
{
    protected override async Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        var report = await inner.TryAsync(stored, stop);
        if (stored.Operation.Kind == OperationKind.Create && report.Outcome is TryOutcome.Unknown or TryOutcome.NotSent)
            World.Clock.After(TimeSpan.FromMinutes(30), () => _ = inner.TryAsync(stored, CancellationToken.None));
        return report;
    }
}

/// <summary>The display says PAID as soon as the capture is sent.</summary>
internal sealed class DisplayAheadOfStore : CallSaboteur
{
    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        if (stored.Operation is { Kind: OperationKind.Capture, Amount: { } amount })
            World.Judge.Shown([Amounts.Of(amount.MinorUnits, amount.Currency), "PAID"]);
        return inner.TryAsync(stored, stop);
    }
}
