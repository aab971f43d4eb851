using System.Globalization;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>
/// What a meter that says nothing and is told nothing would have recorded, from what was seen outside of the agent: the rides that it ran, the amounts that the driver
/// keyed, the display that then asked for a number, and the display that said PAID. So a ride by contacts is judged by the rules that hold for every other.
/// </summary>
internal static class ContactEvidence
{
    /// <summary>From the contact to the time that the agent notes: it looks at its own clock, in whole seconds.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    public static MeterFacts Of(ContactMeter meter, IReadOnlyList<KeyedAmount> keyed, IReadOnlyList<PaymentFacts> payments, IReadOnlyList<Screen> screens) =>
        SilentMeterEvidence.Of(
            keyed.Select(amount => new DueRide(Key(meter, amount.Ride, payments), amount.Minor, amount.At)),
            screens,
            [.. payments.Select(payment => payment.Metadata.GetValueOrDefault("trip")).OfType<string>().Where(name => meter.Rides.Any(ride => Names(meter, ride, name)))]);

    /// <summary>The trip under which the ride was asked for; one that nobody was asked for has no name outside of the agent.</summary>
    private static TripKey Key(ContactMeter meter, ContactRide ride, IReadOnlyList<PaymentFacts> payments)
    {
        string? name = payments.Select(payment => payment.Metadata.GetValueOrDefault("trip")).FirstOrDefault(name => name is not null && Names(meter, ride, name));
        return name?.Split('/') is [var id, var trip, var start] ? new TripKey(id, trip, start) : new TripKey(meter.Id, "unasked", MeterWords.Time(ride.Hired));
    }

    private static bool Names(ContactMeter meter, ContactRide ride, string name) =>
        name.Split('/') is [var id, { Length: > 0 }, var start] && id == meter.Id
        && DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset began)
        && (began - ride.Hired).Duration() <= Slack;
}

/// <summary>An amount that the driver keyed and confirmed.</summary>
/// <param name="Ride">What for.</param>
/// <param name="Minor">Minor units.</param>
/// <param name="At">When the first key was pressed.</param>
internal sealed record KeyedAmount(ContactRide Ride, long Minor, DateTimeOffset At);
