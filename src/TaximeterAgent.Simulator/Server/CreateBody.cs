using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Simulator.Server;

/// <summary>A create request whose fields are all well formed.</summary>
internal sealed partial record CreateBody
{
    public required string Reference { get; init; }
    public required string Currency { get; init; }
    public required long Amount { get; init; }
    public required string UserFlow { get; init; }
    public required string CustomerInteraction { get; init; }
    public required string MethodType { get; init; }
    public string? PhoneNumber { get; init; }
    public string? Description { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    public Receipt? Receipt { get; init; }

    /// <summary>What a code's answer is to bring: <c>TEXT/TARGETURL</c> or a picture's kind.</summary>
    public string QrFormat { get; init; } = Picture;

    private const string Picture = "IMAGE/SVG+XML";

    // \z throughout: $ would let a trailing line feed pass.
    [GeneratedRegex(@"^[a-zA-Z0-9-]{8,64}\z", RegexOptions.CultureInvariant)]
    internal static partial Regex ReferencePattern { get; }

    [GeneratedRegex(@"^[0-9]{10,15}\z", RegexOptions.CultureInvariant)]
    internal static partial Regex Msisdn { get; }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:[0-5]\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339 { get; }

    /// <summary>The request, or null if anything is wrong with it; what is wrong is in <paramref name="fields"/>.</summary>
    public static CreateBody? Read(JsonElement body, JsonFields fields, DateTimeOffset now)
    {
        if (!fields.IsObject(body, "", "amount", "customer", "customerInteraction", "industryData", "paymentMethod", "profile", "reference", "returnUrl",
            "userFlow", "expiresAt", "qrFormat", "paymentDescription", "receipt", "metadata", "receiptUrl"))
            return null;

        var amount = fields.Amount(body, "amount");
        var reference = fields.Text(body, "", "reference", required: true);
        if (reference is not null && !ReferencePattern.IsMatch(reference))
            fields.Fault("reference", $"Must match {ReferencePattern}.", Rules.BadReference);
        var flow = fields.OneOf(body, "", "userFlow", required: true, "PUSH_MESSAGE", "NATIVE_REDIRECT", "WEB_REDIRECT", "QR");
        var interaction = fields.OneOf(body, "", "customerInteraction", required: false, "CUSTOMER_PRESENT", "CUSTOMER_NOT_PRESENT") ?? "CUSTOMER_NOT_PRESENT";
        var method = Method(body, fields, flow);
        var (hasCustomer, phone) = Customer(body, fields);
        if (flow == "PUSH_MESSAGE" && !hasCustomer)
            fields.Fault("customer", "The field is required for PUSH_MESSAGE.");
        var qrFormat = ReadQrFormat(body, fields, flow);
        var returnUrl = fields.Text(body, "", "returnUrl", required: false, 1, 2048);
        if (flow is "WEB_REDIRECT" or "NATIVE_REDIRECT" && returnUrl is null)
            fields.Fault("returnUrl", $"The field is required for {flow}.");
        fields.Text(body, "", "receiptUrl", required: false, 1, 2048);
        var description = fields.Text(body, "", "paymentDescription", required: false, 3, 100);
        var metadata = ReadMetadata(body, fields);
        var receipt = fields.Has(body, "", "receipt", required: false, out var lines) ? Server.Receipt.Read(lines, fields, "receipt") : null;
        var expiresAt = Expiry(body, fields, now, hasReceipt: lines.ValueKind == JsonValueKind.Object);
        if (fields.Has(body, "", "profile", required: false, out var profile) && fields.IsObject(profile, "profile", "scope"))
            fields.Text(profile, "profile", "scope", required: false);

        if (fields.Faults.Count > 0 || amount is not { } money || reference is null || flow is null || method is null)
            return null;
        return new CreateBody
        {
            Reference = reference,
            Currency = money.Currency,
            Amount = money.Value,
            UserFlow = flow,
            CustomerInteraction = interaction,
            MethodType = method,
            PhoneNumber = phone,
            Description = description,
            ExpiresAt = expiresAt,
            Metadata = metadata,
            Receipt = receipt,
            QrFormat = qrFormat,
        };
    }

    private static string ReadQrFormat(JsonElement body, JsonFields fields, string? flow)
    {
        if (!fields.Has(body, "", "qrFormat", required: false, out var format) || !fields.IsObject(format, "qrFormat", "format", "size"))
            return Picture;
        // Published as without meaning then; whoever sends it is wrong about something.
        if (flow != "QR")
            fields.Fault("qrFormat", "Only for QR.");
        fields.Whole(format, "qrFormat", "size", required: false, 100, 2000);
        return fields.OneOf(format, "qrFormat", "format", required: true, "TEXT/TARGETURL", Picture, "IMAGE/PNG") ?? Picture;
    }

    private static string? Method(JsonElement body, JsonFields fields, string? flow)
    {
        if (!fields.Has(body, "", "paymentMethod", required: true, out var method) || !fields.IsObject(method, "paymentMethod", "type"))
            return null;
        var type = fields.OneOf(method, "paymentMethod", "type", required: true, "WALLET", "CARD");
        if (type == "CARD" && flow != "WEB_REDIRECT")
            fields.Fault("paymentMethod.type", "CARD needs WEB_REDIRECT.");
        return type;
    }

    private static (bool Given, string? Phone) Customer(JsonElement body, JsonFields fields)
    {
        if (!fields.Has(body, "", "customer", required: false, out var customer))
            return (false, null);
        if (!fields.IsObject(customer, "customer", "phoneNumber", "personalQr", "customerToken"))
            return (true, null);
        var ways = customer.EnumerateObject().Count(p => p.Value.ValueKind != JsonValueKind.Null);
        if (ways != 1)
            fields.Fault("customer", "Exactly one of phoneNumber, personalQr and customerToken must be given.");
        fields.Text(customer, "customer", "personalQr", required: false, 5, 255);
        fields.Text(customer, "customer", "customerToken", required: false, 1, 4096);
        return (true, fields.Text(customer, "customer", "phoneNumber", required: false, 10, 15, Msisdn));
    }

    private static Dictionary<string, string> ReadMetadata(JsonElement body, JsonFields fields)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!fields.Has(body, "", "metadata", required: false, out var metadata))
            return pairs;
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            fields.Fault("metadata", "Must be an object.");
            return pairs;
        }

        foreach (var pair in metadata.EnumerateObject())
        {
            if (pair.Name.Length is 0 or > 100)
                fields.Fault("metadata", "A key must have between 1 and 100 characters.");
            else if (!JsonFields.TryText(pair.Value, out var value) || value.Length > 500)
                fields.Fault("metadata." + pair.Name, "Must be a string of at most 500 characters.");
            else
                pairs[pair.Name] = value;
        }

        if (metadata.GetPropertyCount() > 5)
            fields.Fault("metadata", "At most 5 pairs are allowed.");
        return pairs;
    }

    private static DateTimeOffset? Expiry(JsonElement body, JsonFields fields, DateTimeOffset now, bool hasReceipt)
    {
        var text = fields.Text(body, "", "expiresAt", required: false, pattern: Rfc3339);
        if (text is null)
            return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            fields.Fault("expiresAt", "Must be a time in RFC 3339.");
            return null;
        }

        if (at < now.AddMinutes(10) || at > now.AddDays(60))
            fields.Fault("expiresAt", "Must be between 10 minutes and 60 days ahead.");
        if (!hasReceipt)
            fields.Fault("receipt", "The field is required if expiresAt is set.");
        return at;
    }
}
