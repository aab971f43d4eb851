namespace TaximeterAgent.Relay.Cars;

/// <summary>A car as it last reported.</summary>
internal sealed record CarView
{
    /// <summary><c>prefix.car</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When its last report came, by the relay's clock.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The same by the car's clock, which may be wrong.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    public required string Version { get; init; }

    /// <summary>The outbox's depth: operations that are not finished.</summary>
    public required int Operations { get; init; }

    public required int OpenTrips { get; init; }

    public required int FailedTrips { get; init; }

    public DateTimeOffset? OldestOpenTrip { get; init; }

    public required bool StoreWritable { get; init; }

    public required bool MeterHeard { get; init; }
}

/// <summary><c>GET /cars</c>.</summary>
/// <param name="Next">To be given as <c>after</c> for the next page; missing on the last.</param>
internal sealed record CarList(IReadOnlyList<CarView> Cars, string? Next);

/// <summary><c>GET /cars/{id}</c>.</summary>
/// <param name="Payments">Those that are not known to be settled.</param>
internal sealed record CarDetail(CarView Car, IReadOnlyList<OpenPaymentView> Payments);

/// <summary>A payment that is not known to be settled.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="AuthorizedAt">Since when it is known to be approved.</param>
internal sealed record OpenPaymentView(string Reference, string MerchantSerialNumber, string Currency, long Amount, DateTimeOffset? AuthorizedAt);
