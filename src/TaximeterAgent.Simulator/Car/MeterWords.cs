using System.Globalization;
using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>The fields of the meter's messages.</summary>
internal static class MeterWords
{
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Fare(TripFare fare)
    {
        var fields = new StringBuilder(Trip(fare.Key));
        fields.Append(CultureInfo.InvariantCulture, $"|finish={fare.Finish}|total={fare.Total}|fare={fare.Fare}|suppl={fare.Supplement}");
        if (fare.Tip != 0)
            fields.Append(CultureInfo.InvariantCulture, $"|tip={fare.Tip}");
        fields.Append(CultureInfo.InvariantCulture, $"|cur={fare.Currency}|vat={fare.Vat}");
        if (fare.SupplementVat is { } supplementVat)
            fields.Append(CultureInfo.InvariantCulture, $"|supplvat={supplementVat}");
        fields.Append(CultureInfo.InvariantCulture, $"|dist={fare.Distance}|tariff={Tfp1.Escape(fare.Tariff)}");
        Append(fields, "phone", fare.Phone);
        Append(fields, "booking", fare.Booking);
        return fields.ToString();
    }

    public static string Book(string booking, string phone, string currency, long? maximum)
    {
        var fields = new StringBuilder($"booking={Tfp1.Escape(booking)}|phone={Tfp1.Escape(phone)}|cur={currency}");
        if (maximum is { } most)
            fields.Append(CultureInfo.InvariantCulture, $"|max={most}");
        return fields.ToString();
    }

    public static string Void(TripKey trip, string? reason)
    {
        var fields = new StringBuilder(Trip(trip));
        Append(fields, "reason", reason);
        return fields.ToString();
    }

    public static string Void(string booking, string? reason)
    {
        var fields = new StringBuilder($"booking={Tfp1.Escape(booking)}");
        Append(fields, "reason", reason);
        return fields.ToString();
    }

    private static string Trip(TripKey key) => $"meter={Tfp1.Escape(key.Meter)}|trip={Tfp1.Escape(key.Trip)}|start={Tfp1.Escape(key.Start)}";

    private static void Append(StringBuilder fields, string key, string? value)
    {
        if (value is not null)
            fields.Append('|').Append(key).Append('=').Append(Tfp1.Escape(value));
    }
}
