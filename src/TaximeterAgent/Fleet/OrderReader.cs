using System.Text.Json;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Fleet;

/// <summary>Reads what the relay orders, and says what is wrong with it. What is wrong never says a digit of the number.</summary>
internal static class OrderReader
{
    /// <summary>The order; null for what is not even an order with a name, which nobody can be answered.</summary>
    public static BookingOrder? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, FleetJson.Default.BookingOrder) is { Kind: not null, Booking: { Length: >= 1 and <= Booking.IdMaximum } name } order
                && !name.Any(char.IsControl)
                ? order
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The booking that is ordered.</summary>
    /// <param name="order">A <see cref="BookingOrder.Book"/>.</param>
    /// <param name="currency">The only currency that the car takes.</param>
    /// <param name="booking">The booking, if nothing is wrong.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? Fault(BookingOrder order, Currency currency, out Booking? booking)
    {
        booking = null;
        if (!PhoneNumber.TryFromMsisdn(order.Phone, out _) || PhoneNumber.Parse("+" + order.Phone, Country.NO, out var phone) != PhoneNumberFault.None)
            return "the phone number cannot be one";
        if (order.Currency != currency.ToString())
            return $"the currency is not {currency}, which is the car's";
        if (order.Maximum is < 1 or > Money.Maximum)
            return $"the maximum is not 1 to {Money.Maximum}, in minor units";
        booking = new Booking(order.Booking, phone, currency, order.Maximum is { } most ? new Money(most, currency) : null) { Pickup = order.Pickup };
        return null;
    }
}
