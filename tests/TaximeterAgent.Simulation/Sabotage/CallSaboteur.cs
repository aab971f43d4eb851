using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation;

/// <summary>Breaks something between the agent's decisions and the payment service. Remembers what the agent has asked for and read so far, in all its lives.</summary>
internal abstract class CallSaboteur : Saboteur
{
    private readonly Dictionary<Reference, PaymentReading> _readings = [];
    private readonly Dictionary<Reference, (TripState State, long Amount)> _asked = [];

    protected World World { get; private set; } = null!;

    public sealed override IPaymentCalls Calls(IPaymentCalls inner, World world, Boot boot)
    {
        World = world;
        return new Wrapped(this, inner);
    }

    protected abstract Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop);

    /// <summary>What the payment looked like when it was read last.</summary>
    protected PaymentReading? LastReading(Reference reference) => _readings.GetValueOrDefault(reference);

    /// <summary>A reading that the agent takes for true, of a payment that it has asked for.</summary>
    protected PaymentReading? Invented(Reference reference, PaymentState state)
    {
        if (!_asked.TryGetValue(reference, out var asked))
            return null;
        var reservation = asked.State.Attempts.Any(a => a.Reference == reference && a.Kind == AttemptKind.Reservation);
        return new PaymentReading
        {
            State = state,
            Amount = asked.Amount,
            Currency = "NOK",
            Authorized = state == PaymentState.Authorized ? asked.Amount : 0,
            Trip = reservation ? null : asked.State.Trip?.ToString(),
            Booking = reservation ? asked.State.Booking?.Id : null,
            Car = World.Car,
        };
    }

    protected static CallReport Says(PaymentReading reading) => new(new TryOutcome.Read(reading), "sabotaged");

    private sealed class Wrapped(CallSaboteur owner, IPaymentCalls inner) : IPaymentCalls
    {
        public ReadOnlyMemory<byte> Body(Operation operation, TripState state)
        {
            if (operation.Kind == OperationKind.Create)
                owner._asked[operation.Reference] = (state, operation.Amount!.Value.MinorUnits);
            return inner.Body(operation, state);
        }

        public async Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken)
        {
            var report = await owner.TryAsync(inner, operation, cancellationToken);
            if (report.Outcome is TryOutcome.Read { Reading: var reading })
                owner._readings[operation.Operation.Reference] = reading;
            return report;
        }
    }
}
