namespace TaximeterAgent.Relay.Configuration;

/// <summary>What the relay is told: a file, variables <c>RELAY_Section__Key</c>, and credentials of the service manager. Checked by <see cref="OptionsCheck"/>.</summary>
internal sealed class RelayOptions
{
    /// <summary>Where it listens, such as <c>http://127.0.0.1:8080</c>. TLS ends before it, at a proxy that leaves host, path and body as they are.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8080";

    public BrokerOptions Broker { get; set; } = new();

    public DatabaseOptions Database { get; set; } = new();

    public WebhookOptions Webhooks { get; set; } = new();

    public BookingOptions Bookings { get; set; } = new();

    public StrandedOptions Stranded { get; set; } = new();

    public PaymentOptions EPayment { get; set; } = new();
}

/// <summary>The broker.</summary>
internal sealed class BrokerOptions
{
    /// <summary><c>amqps://HOST[:PORT]/VHOST</c>; <c>amqp://</c> only for a loopback address.</summary>
    public string Uri { get; set; } = "";

    public string User { get; set; } = "relay";

    /// <summary>A secret.</summary>
    public string Password { get; set; } = "";

    /// <summary>PEM of the authority that signs the broker's certificate; empty: the system's.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>How long a publish may wait for the broker's confirm. Well within the 10 seconds that the payment service waits.</summary>
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The wait between tries to connect.</summary>
    public TimeSpan Reconnect { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Channels that publish side by side, 1 to 64.</summary>
    public int Channels { get; set; } = 8;
}

/// <summary>PostgreSQL.</summary>
internal sealed class DatabaseOptions
{
    /// <summary>As Npgsql takes it. A secret, for it may hold a password.</summary>
    public string ConnectionString { get; set; } = "";
}

/// <summary>Deliveries of the payment service.</summary>
internal sealed class WebhookOptions
{
    /// <summary>The folder of the registrations' secrets, one file each, 0600; <c>taximeter-relay webhooks register</c> writes there.</summary>
    public string SecretsDirectory { get; set; } = "/var/lib/taximeter-relay/webhooks";

    /// <summary>How far a delivery's date may be off, either way; at most an hour.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The address that the payment service delivers to, such as <c>https://relay.example/webhooks/vipps</c>; for <c>webhooks register</c> and <c>check</c>.</summary>
    public string PublicUrl { get; set; } = "";
}

/// <summary>The taxi app's bookings.</summary>
internal sealed class BookingOptions
{
    /// <summary>How long a cancellation waits for the car's word before it answers that it is on its way.</summary>
    public TimeSpan CancelWait { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often orders that the broker has not confirmed are published again.</summary>
    public TimeSpan Resend { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long the customer's number is wiped at the latest, delivered or not, and finished bookings are forgotten.</summary>
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>Payments that were approved and neither captured nor released.</summary>
internal sealed class StrandedOptions
{
    /// <summary>From when on such a payment is reported.</summary>
    public TimeSpan After { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often is looked.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>The payment service, for webhook registrations and to look at payments that seem stranded.</summary>
internal sealed class PaymentOptions
{
    public string BaseUrl { get; set; } = "https://api.vipps.no";

    /// <summary>
    /// A JSON file, 0600: <c>[{ "merchantSerialNumber": …, "clientId": …, "clientSecret": …, "subscriptionKey": … }]</c>. Empty: no registrations from here, and a
    /// payment that seems stranded is reported unchecked.
    /// </summary>
    public string KeysFile { get; set; } = "";
}
