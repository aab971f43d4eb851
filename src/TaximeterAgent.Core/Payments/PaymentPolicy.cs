using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

/// <summary>What the car's owner has decided, and the facts of the car that a decision needs.</summary>
public sealed record PaymentPolicy
{
    /// <summary>First part of every reference.</summary>
    public required string Prefix { get; init; }

    /// <summary>The car's identity.</summary>
    public required string Car { get; init; }

    /// <summary>The sales unit's currency.</summary>
    public Currency Currency { get; init; } = Currency.NOK;

    /// <summary>Where new payments are made; open ones finish where they began.</summary>
    public required SalesUnit SalesUnit { get; init; }

    /// <summary>How long a request may wait for the network, or be sent again after an unknown outcome, before it is no longer sent by itself.</summary>
    public TimeSpan OfflineMaxAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a customer can approve a request.</summary>
    public TimeSpan RequestLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after the last try of a create a 404 proves nothing: the life of a request and a margin.</summary>
    public TimeSpan CertainAfter { get; init; } = TimeSpan.FromMinutes(11);

    /// <summary>How long a reservation waits for its fare.</summary>
    public TimeSpan NoShowAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long a payment that this store does not know waits for its fare: a meter repeats what a new board has not acknowledged within seconds.</summary>
    public TimeSpan OrphanAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a question to the driver stands before the money is given back.</summary>
    public TimeSpan ChoiceTimeout { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Whether a booking's maximum is reserved ahead.</summary>
    public bool ReserveAhead { get; init; } = true;

    /// <summary>A VOID after the capture: ask the driver instead of refunding.</summary>
    public bool AskOnVoidAfterCapture { get; init; }
}
