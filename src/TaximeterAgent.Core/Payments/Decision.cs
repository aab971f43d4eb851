using System.Collections.Immutable;

namespace TaximeterAgent.Core.Payments;

/// <summary>The new state of a trip and what follows from it.</summary>
public sealed record Decision(TripState State, ImmutableArray<Effect> Effects);

/// <summary>What the agent has to do once the new state is stored.</summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Store an operation, its key and bytes, and try it when it is due.</summary>
    public sealed record Begin(Operation Operation, When When) : Effect;

    /// <summary>Try a stored operation again: same key, same bytes. An operation that was tried rests until then.</summary>
    public sealed record Again(string OperationId, When When) : Effect;

    /// <summary>An operation is finished for good.</summary>
    public sealed record Forget(string OperationId) : Effect;

    /// <summary>Take a scheduled operation back: if it is not on its way, answer <see cref="TryOutcome.Withdrawn"/>; else let it come to its end.</summary>
    public sealed record Withdraw(string OperationId) : Effect;

    /// <summary>Try a scheduled operation at once.</summary>
    public sealed record Hasten(string OperationId) : Effect;

    /// <summary>Start a timer, or start it anew; one per kind and payment.</summary>
    public sealed record StartTimer(TimerKind Timer, Reference? Reference, TimeSpan After) : Effect;

    /// <summary>Stop a timer, if it runs.</summary>
    public sealed record StopTimer(TimerKind Timer, Reference? Reference) : Effect;

    /// <summary>Somebody has to know.</summary>
    public sealed record Alarm(AlarmKind Kind, string Detail) : Effect;
}

/// <summary>What a technician is alarmed for.</summary>
public enum AlarmKind
{
    /// <summary>The sales unit may not do what we need.</summary>
    NotSetUp,

    /// <summary>The service refuses our keys.</summary>
    KeysRefused,

    /// <summary>The service calls our request malformed.</summary>
    BadRequest,

    /// <summary>Our reference names somebody else's payment.</summary>
    ForeignPayment,

    /// <summary>Captures in full only: no more reservations for this sales unit.</summary>
    FullCaptureOnly,

    /// <summary>The reservation could not be captured any more.</summary>
    CaptureTooLate,

    /// <summary>Captures are refused again and again.</summary>
    CaptureRefused,

    /// <summary>The customer's funds are not available; tried again later.</summary>
    FundsUnavailable,

    /// <summary>The service will not take the receipt.</summary>
    ReceiptRefused,

    /// <summary>The refund cannot be made.</summary>
    RefundRefused,

    /// <summary>A payment that is known to exist was not found.</summary>
    PaymentMissing,

    /// <summary>The meter does not know the trip that it reported.</summary>
    MeterRefused,

    /// <summary>The service has given no code to print for a payment that needs one: it is ended.</summary>
    CodeMissing,

    /// <summary>A state that cannot be.</summary>
    Impossible,

    /// <summary>A payment that this store did not know, and that nobody claimed, held money: it is released.</summary>
    OrphanReleased,
}
