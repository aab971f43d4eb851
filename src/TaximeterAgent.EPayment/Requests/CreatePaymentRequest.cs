using System.Text;

namespace TaximeterAgent.EPayment;

/// <summary>How the customer gets to the payment.</summary>
public enum UserFlow
{
    /// <summary>A push message to the app of the customer with the given number.</summary>
    PushMessage,

    /// <summary>A QR code; its address is in the answer.</summary>
    Qr,

    /// <summary>A web page; needs <see cref="CreatePaymentRequest.ReturnUrl"/>.</summary>
    WebRedirect,

    /// <summary>From the merchant's own app; needs <see cref="CreatePaymentRequest.ReturnUrl"/>.</summary>
    NativeRedirect,
}

/// <summary>What <see cref="CreatedPayment.RedirectUrl"/> is for a QR code (the API's <c>qrFormat</c>).</summary>
public enum QrContent
{
    /// <summary>The address of a picture of the code, as SVG.</summary>
    Picture,

    /// <summary>What the code says, for whoever draws it.</summary>
    TargetUrl,
}

/// <summary>A payment to be created. Limits are checked by <see cref="RequestBodies.Create"/>.</summary>
/// <param name="Reference">8-50 characters of a-z, A-Z, 0-9 and -; unique per sales unit for ever; shown to the customer.</param>
/// <param name="Amount">At least NOK 1.00, DKK 0.01, EUR 0.01; at most 650 000.00.</param>
/// <param name="PaymentDescription">3-100 characters; shown in the push message.</param>
public sealed record CreatePaymentRequest(string Reference, Amount Amount, string PaymentDescription)
{
    /// <summary>10-15 digits, the country's code first. Required for <see cref="UserFlow.PushMessage"/>.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Default <see cref="UserFlow.PushMessage"/>.</summary>
    public UserFlow UserFlow { get; init; }

    /// <summary>What a QR code's answer brings; only for <see cref="UserFlow.Qr"/>. Default: the address of a picture.</summary>
    public QrContent QrContent { get; init; }

    /// <summary>Whether the customer is there, which is law to say truly. Default true.</summary>
    public bool CustomerPresent { get; init; } = true;

    /// <summary>Where the customer returns to.</summary>
    public Uri? ReturnUrl { get; init; }

    /// <summary>At most 5 pairs, key 1-100, value at most 500 characters, no personal data; comes back when the payment is read.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The receipt, if it is final already: it cannot be changed.</summary>
    public Receipt? Receipt { get; init; }

    /// <summary>More than 10 minutes and at most 60 days ahead; requires <see cref="Receipt"/>, and a sales unit that is approved for it. Without it the
    /// customer has 10 minutes.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        // The phone number is the customer's own business.
        builder.Append("Reference = ").Append(Reference).Append(", Amount = ").Append(Amount).Append(", UserFlow = ").Append(UserFlow);
        return true;
    }
}
