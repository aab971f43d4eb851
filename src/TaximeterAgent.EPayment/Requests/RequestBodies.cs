using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TaximeterAgent.EPayment;

/// <summary>
/// Turns typed requests into the exact bytes to be kept and sent. Equal requests give equal bytes. What the API would refuse is refused here, with the field's
/// name (<see cref="RequestFieldException"/>), before anything is kept.
/// </summary>
public static class RequestBodies
{
    /// <summary>The body of create.</summary>
    /// <param name="request">The payment.</param>
    /// <param name="now">Needed only to check <see cref="CreatePaymentRequest.ExpiresAt"/>.</param>
    /// <exception cref="RequestFieldException">A field is outside its limits.</exception>
    public static byte[] Create(CreatePaymentRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        FieldRules.That(FieldRules.IsReference(request.Reference), "reference", FieldRules.ReferenceExpected);
        var amount = FieldRules.Amount(request.Amount, FieldRules.LeastAmount(request.Amount.Currency) ?? 0, "amount");
        FieldRules.That(request.UserFlow != UserFlow.PushMessage || request.PhoneNumber is not null, "customer.phoneNumber", "a number, for a push message");
        FieldRules.That(request.QrContent == QrContent.Picture || request.UserFlow == UserFlow.Qr, "qrFormat", "nothing, for this user flow");
        var needsReturn = request.UserFlow is UserFlow.WebRedirect or UserFlow.NativeRedirect;
        FieldRules.That(!needsReturn || request.ReturnUrl is { IsAbsoluteUri: true }, "returnUrl", "an absolute URL, for a redirect");
        if (request.ExpiresAt is { } expiresAt)
        {
            FieldRules.That(request.Receipt is not null, "receipt", "a receipt, because expiresAt is set");
            FieldRules.That(request.UserFlow is UserFlow.PushMessage or UserFlow.Qr, "expiresAt", "nothing, for this user flow");
            FieldRules.That(expiresAt > now.AddMinutes(10) && expiresAt <= now.AddDays(60), "expiresAt", "more than 10 minutes and at most 60 days ahead");
        }

        if (request.Receipt is { } receipt) ReceiptRules.Check(receipt, "receipt.");
        return Write(
            new CreateWire(
                amount,
                new PaymentMethodWire("WALLET"),
                request.PhoneNumber is null ? null : new CustomerWire(FieldRules.PhoneNumber(request.PhoneNumber, "customer.phoneNumber")),
                request.CustomerPresent ? "CUSTOMER_PRESENT" : "CUSTOMER_NOT_PRESENT",
                request.UserFlow switch
                {
                    UserFlow.PushMessage => "PUSH_MESSAGE",
                    UserFlow.Qr => "QR",
                    UserFlow.WebRedirect => "WEB_REDIRECT",
                    UserFlow.NativeRedirect => "NATIVE_REDIRECT",
                    _ => throw new RequestFieldException("userFlow", "a known user flow"),
                },
                request.QrContent == QrContent.TargetUrl ? new QrFormatWire("TEXT/TARGETURL") : null,
                request.ReturnUrl?.AbsoluteUri,
                request.Reference,
                FieldRules.Text(request.PaymentDescription, 3, 100, "paymentDescription"),
                Metadata(request.Metadata),
                request.Receipt,
                request.ExpiresAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            WireJson.Writing.CreateWire);
    }

    /// <summary>The body of capture and of refund.</summary>
    /// <param name="amount">1 to 65 000 000 minor units.</param>
    /// <exception cref="RequestFieldException">The amount is outside its limits.</exception>
    public static byte[] Modification(Amount amount) =>
        Write(new ModificationWire(FieldRules.Amount(amount, 1, "modificationAmount")), WireJson.Writing.ModificationWire);

    /// <summary>The body of cancel; empty unless <paramref name="transactionOnly"/>.</summary>
    /// <param name="transactionOnly">Cancel only if the customer has not approved; if they have, it is refused with
    /// <see cref="EPaymentErrorCode.ApprovedAlready"/>.</param>
    public static byte[] Cancel(bool transactionOnly) => transactionOnly ? Write(new CancelWire(true), WireJson.Writing.CancelWire) : [];

    /// <summary>The body of a receipt.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <exception cref="RequestFieldException">A field is outside its limits.</exception>
    public static byte[] Receipt(Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ReceiptRules.Check(receipt, "");
        return Write(receipt, WireJson.Writing.Receipt);
    }

    /// <summary>Reads a body of <see cref="Receipt"/> back, to compare it with the receipt that is there; null if it is none.</summary>
    /// <param name="body">What was to be sent.</param>
    public static Receipt? ReadReceipt(ReadOnlySpan<byte> body) => WireReader.Read(body, WireJson.Reading.Receipt);

    /// <summary>The body of a webhook registration.</summary>
    /// <param name="url">Absolute, https.</param>
    /// <param name="events">At least one of <see cref="WebhookEvents"/>.</param>
    /// <exception cref="RequestFieldException">A field is outside its limits.</exception>
    public static byte[] RegisterWebhook(Uri url, IReadOnlyList<string> events)
    {
        FieldRules.That(url is { IsAbsoluteUri: true } && url.Scheme == Uri.UriSchemeHttps, "url", "an absolute https URL");
        FieldRules.That(events is { Count: >= 1 and <= 25 }, "events", "1 to 25 events");
        foreach (var name in events) FieldRules.That(WebhookEvents.All.Contains(name), "events", "documented event names");
        return Write(new RegisterWebhookWire(url.AbsoluteUri, events), WireJson.Writing.RegisterWebhookWire);
    }

    internal static byte[] ForceApprove(string phoneNumber) =>
        Write(new ForceApproveWire(new CustomerWire(FieldRules.PhoneNumber(phoneNumber, "customer.phoneNumber"))), WireJson.Writing.ForceApproveWire);

    private static SortedDictionary<string, string>? Metadata(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 }) return null;
        FieldRules.That(metadata.Count <= 5, "metadata", "at most 5 pairs");
        // Sorted: a dictionary promises no order, and the same request must give the same bytes.
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in metadata)
            sorted.Add(FieldRules.Text(key, 1, 100, "metadata key"), FieldRules.Text(value, 0, 500, "metadata value"));
        return sorted;
    }

    private static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}
