using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Driver;

/// <summary>Trips as the menu lists them.</summary>
internal static class MenuTrips
{
    // Paid trips lie among others; a night has fewer than so many.
    private const int LookedThrough = 200;

    public static MenuTrip Of(long key, TripState state) => new(
        key,
        new Money(Amounts.Minor(state) ?? 0, state.Fare!.Total.Currency),
        state.Trip?.Trip ?? "",
        Times.Read(state.Fare.Finish),
        state.Phone?.Masked ?? "");

    /// <summary>The last trips of the store whose newest word is PAID, newest first.</summary>
    public static IReadOnlyList<MenuTrip> LastPaid(IOutboxReader reader, int most) =>
    [
        .. reader.List(limit: LookedThrough)
            .Where(trip => trip is { Word.Kind: WordKind.Paid, Total: not null })
            .Take(most)
            .Select(trip => new MenuTrip(trip.Key, new Money(trip.Word!.Amount, trip.Total!.Value.Currency), trip.Trip?.Trip ?? "", trip.LearntAt, trip.MaskedPhone ?? "")),
    ];
}
