using System.Globalization;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Driver.Screens;

/// <summary>Amounts as the display shows them.</summary>
internal static class Amounts
{
    /// <summary>The amount that matters: what was paid or given back, what is left to collect, or what the meter said. Empty before the fare.</summary>
    public static string Of(TripState trip) => Minor(trip) is { } minor ? Of(minor, trip.Fare!.Total.Currency) : "";

    /// <summary>In the country's form: <c>345,00 kr</c>.</summary>
    public static string Of(long minor, Currency currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{minor / 100},{minor % 100:00} {(currency == Currency.EUR ? "EUR" : "kr")}");

    /// <inheritdoc cref="Of(TripState)"/>
    public static long? Minor(TripState trip)
    {
        if (trip.Fare is not { } fare)
            return null;
        return trip.Word switch
        {
            { Kind: WordKind.Paid or WordKind.Refunded } word => word.Amount,
            { Kind: WordKind.Unpaid, Due: > 0 } word when trip.Attempts.All(a => a.Over) => word.Due,
            _ when trip.Attempts.LastOrDefault(a => !a.Over && a.Kind == AttemptKind.Request) is { } live => live.Amount.MinorUnits,
            _ => fare.Total.MinorUnits,
        };
    }
}
