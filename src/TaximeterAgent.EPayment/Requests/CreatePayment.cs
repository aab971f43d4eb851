using System.Globalization;
using System.Text.Json;
using TaximeterAgent.EPayment.Json;

namespace TaximeterAgent.EPayment;

/// <summary>How the customer is brought to the app.</summary>
public enum UserFlow
{
    /// <summary>A push message to the given number; the sales unit must be approved for it (else error 5080).</summary>
    PushMessage,

    /// <summary>A QR code that the customer scans.</summary>
    Qr,
}

/// <summary>
/// Asks a customer who is present for a payment (<c>POST /epayment/v1/payments</c>): <c>WALLET</c>, <c>CUSTOMER_PRESENT</c>. The exact bytes are made once by <see cref="ToBody"/> and sent
/// unchanged at every try, as the idempotency key demands.
/// </summary>
public sealed record CreatePayment
{
    /// <summary>Minor units: at least NOK 100, DKK 1, EUR 1; at most 65,000,000.</summary>
    public required Amount Amount { get; init; }

    /// <summary>MSISDN, 10 to 15 digits; needed for a push message.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>8 to 50 letters, digits and hyphens; unique per sales unit for ever.</summary>
    public required string Reference { get; init; }

    /// <summary>What the customer reads: 3 to 100 characters.</summary>
    public required string Description { get; init; }

    /// <summary>A push message, unless said otherwise.</summary>
    public UserFlow UserFlow { get; init; }

    /// <summary>At most 5 pairs, names at most 100 and values at most 500 characters; no personal data.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The exact bytes.</summary>
    /// <exception cref="ArgumentException">A field is not as the API accepts it; the message names it.</exception>
    public byte[] ToBody()
    {
        RequestRules.Payment(Amount);
        RequestRules.Reference(Reference);
        if (UserFlow == UserFlow.PushMessage || PhoneNumber is not null)
            RequestRules.PhoneNumber(PhoneNumber);
        if (Description is not { Length: >= 3 and <= 100 })
            throw new ArgumentException("paymentDescription has 3 to 100 characters.", nameof(Description));
        if (Metadata.Count > 5 || Metadata.Any(pair => pair.Key.Length is 0 or > 100 || pair.Value.Length > 500))
            throw new ArgumentException("metadata has at most 5 pairs, names of at most 100 and values of at most 500 characters.", nameof(Metadata));
        return JsonSerializer.SerializeToUtf8Bytes(
            new CreateBody
            {
                Amount = new AmountBody(Amount.Value, Amount.Currency),
                Customer = PhoneNumber is null ? null : new CustomerBody(PhoneNumber),
                CustomerInteraction = "CUSTOMER_PRESENT",
                PaymentMethod = new PaymentMethodBody("WALLET"),
                Reference = Reference,
                UserFlow = UserFlow == UserFlow.Qr ? "QR" : "PUSH_MESSAGE",
                PaymentDescription = Description,
                Metadata = Metadata.Count == 0 ? null : Metadata,
            },
            ApiJson.Default.CreateBody);
    }
}

/// <summary>Bodies of capture, refund and cancel.</summary>
public static class Adjustments
{
    /// <summary>The body of a capture or refund of <paramref name="amount"/>.</summary>
    /// <exception cref="ArgumentException">The amount is not positive, too large or in no known currency.</exception>
    public static byte[] Modification(Amount amount)
    {
        RequestRules.Moved(amount);
        return JsonSerializer.SerializeToUtf8Bytes(new ModificationBody(new AmountBody(amount.Value, amount.Currency)), ApiJson.Default.ModificationBody);
    }

    /// <summary>The body of a cancel that is to end the payment only if the customer has not approved it (else error 6060).</summary>
    public static byte[] CancelUnapproved() => JsonSerializer.SerializeToUtf8Bytes(new CancelBody(true), ApiJson.Default.CancelBody);
}

/// <summary>What the API accepts, checked before anything is sent.</summary>
internal static class RequestRules
{
    private const long Most = 65_000_000;

    public static void Payment(Amount amount)
    {
        var least = amount.Currency == "NOK" ? 100 : 1;
        Moved(amount);
        if (amount.Value < least)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"amount is at least {least} minor units of {amount.Currency}."), nameof(amount));
    }

    public static void Moved(Amount amount)
    {
        if (amount.Currency is not ("NOK" or "DKK" or "EUR"))
            throw new ArgumentException("amount.currency is NOK, DKK or EUR.", nameof(amount));
        if (amount.Value is < 1 or > Most)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"amount.value is 1 to {Most} minor units."), nameof(amount));
    }

    public static void Reference(string? reference)
    {
        if (reference is not { Length: >= 8 and <= 50 } || !reference.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException("reference has 8 to 50 letters, digits and hyphens.", nameof(reference));
    }

    public static void Key(string? key)
    {
        if (!HeaderText.IsToken(key, 50))
            throw new ArgumentException("an idempotency key has 1 to 50 printable characters without spaces.", nameof(key));
    }

    // The number itself stays out of the message.
    public static void PhoneNumber(string? number)
    {
        if (number is not { Length: >= 10 and <= 15 } || !number.All(char.IsAsciiDigit))
            throw new ArgumentException("phoneNumber has 10 to 15 digits, country code first.", nameof(number));
    }
}
