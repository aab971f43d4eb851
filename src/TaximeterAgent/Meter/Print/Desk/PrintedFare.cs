using System.Globalization;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Meter.Print.Reading;

namespace TaximeterAgent.Meter.Print.Desk;

/// <summary>Makes a fare, and what it is known again by, of what was read.</summary>
internal static class PrintedFare
{
    /// <summary>What makes a reading's trip the same trip: the meter, its number, and the start. Without a number the finish and a hash of the receipt stand for it.</summary>
    /// <param name="reading">One whose finish was read.</param>
    /// <param name="meter">The meter.</param>
    public static TripId Trip(ReceiptReading reading, string meter) => new(meter, reading.Trip ?? $"r-{reading.Hash}", Clock((reading.Trip is null ? null : reading.Start) ?? reading.Finish!.Value));

    /// <summary>Two trips of one meter are not over at the same time: this finds the other print of one whose number or parts are read otherwise.</summary>
    public static TripId Finished(string ended, string meter) => new(meter, "finish", ended);

    /// <summary>A fare of a reading without doubt.</summary>
    public static Fare Of(ReceiptReading reading, PrintOptions options, TimeZoneInfo zone)
    {
        var vat = reading.Vat ?? options.Vat;
        return new Fare(
            Trip(reading, options.Meter), Money(reading.Total!.Value, options), Money(reading.FareAmount, options), Money(reading.Supplements, options), Money(reading.Tip, options),
            vat, reading.SupplementsVat ?? vat)
        {
            Finish = Utc(reading.Finish!.Value, zone),
            Distance = reading.Distance ?? 0,
            Tariff = reading.Tariff ?? "",
        };
    }

    /// <summary>A fare of what the driver has keyed. Its parts are those that were read, if they make up the amount.</summary>
    public static Fare Of(AskedPrint asked, Money total, TripId trip, PrintOptions options)
    {
        var same = asked.Total == total.MinorUnits && asked.Supplements + asked.Tip <= total.MinorUnits;
        var (supplements, tip) = same ? (asked.Supplements, asked.Tip) : (0, 0);
        var vat = asked.Vat ?? options.Vat;
        return new Fare(trip, total, Money(total.MinorUnits - supplements - tip, options), Money(supplements, options), Money(tip, options), vat, vat)
        {
            Finish = asked.Finish ?? Rfc3339(asked.At),
        };
    }

    /// <summary>The meter's clock as it was printed: it has no zone, and what is known again must not depend on the board's.</summary>
    public static string Clock(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The same moment, if the meter's clock runs in the board's zone.</summary>
    public static string Utc(DateTime at, TimeZoneInfo zone) => Rfc3339(new DateTimeOffset(at, zone.GetUtcOffset(at)));

    public static string Rfc3339(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Money Money(long minor, PrintOptions options) => new(minor, options.Currency);
}
