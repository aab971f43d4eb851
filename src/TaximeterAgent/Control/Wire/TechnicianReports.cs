namespace TaximeterAgent.Control.Wire;

// What a technician orders for a trip, and what is answered once the order is stored.

/// <summary>The answer to <c>POST /v1/trips/{id}/hold</c> and <c>…/release</c>.</summary>
/// <param name="Trip">The trip's id.</param>
/// <param name="Held">Nothing new is sent for it.</param>
/// <param name="New">False if it was so before: nothing changed.</param>
/// <param name="OnTheirWay">Calls that were sent before and whose answers are awaited: they come to their end.</param>
/// <param name="Next">What comes next.</param>
internal sealed record HoldReport(string Trip, bool Held, bool New, int OnTheirWay, NextReport Next);

/// <summary>The answer to <c>POST /v1/trips/{id}/retry</c> and <c>POST /v1/outbox/retry</c>.</summary>
/// <param name="Moved">Calls whose time was moved to now. Each is still made only as soon as its payment and the rate allow.</param>
/// <param name="Trips">What comes next for each trip of them.</param>
internal sealed record RetryReport(int Moved, IReadOnlyList<WaitingReport> Trips);

/// <summary>The body of <c>POST /v1/trips/{id}/resolve</c>.</summary>
internal sealed record ResolveOrder
{
    /// <summary>What a person says of the trip: <c>paid-otherwise</c>.</summary>
    public string? As { get; init; }

    /// <summary>Why, for the history.</summary>
    public string? Note { get; init; }

    /// <summary>Close the trip over what cannot be settled.</summary>
    public bool GiveUp { get; init; }
}

/// <summary>The answer to a resolve that is stored.</summary>
internal sealed record ResolveReport
{
    /// <summary>The trip's id.</summary>
    public required string Trip { get; init; }

    /// <summary>False if it was resolved so before: nothing changed.</summary>
    public required bool New { get; init; }

    /// <summary>Closed although not all is settled: what is in <see cref="Left"/> may still be out there.</summary>
    public required bool GivenUp { get; init; }

    /// <summary>The trip is held: nothing is undone before it is released.</summary>
    public required bool Held { get; init; }

    public string? Currency { get; init; }

    public required long Captured { get; init; }

    public required long Refunded { get; init; }

    /// <summary>Payments that hold something, or may.</summary>
    public required IReadOnlyList<LeftReport> Left { get; init; }

    public required NextReport Next { get; init; }
}

/// <summary>A payment that is not settled.</summary>
/// <param name="Reference">Its reference, by which the sales unit's portal finds it.</param>
/// <param name="Msn">Its sales unit.</param>
/// <param name="Amount">Minor units that it holds or may hold.</param>
/// <param name="Text">For people.</param>
internal sealed record LeftReport(string Reference, string Msn, long Amount, string Text);
