using System.Net.Security;

namespace TaximeterAgent.EPayment;

/// <summary>Keys, host and waiting times. Bind it from configuration; <see cref="EPaymentConnection"/> refuses it if <see cref="FindFaults"/> finds
/// any.</summary>
public sealed class EPaymentOptions
{
    private static readonly string LibraryVersion = typeof(EPaymentOptions).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>The host for new payments: <c>https://api.vipps.no</c>, or <c>https://apitest.vipps.no</c> for the test environment.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The sales unit for new payments, four to ten digits.</summary>
    public string MerchantSerialNumber { get; set; } = "";

    /// <summary>A secret. The keys may act for several sales units (partner keys).</summary>
    public string ClientId { get; set; } = "";

    /// <summary>A secret.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>A secret: the value of <c>Ocp-Apim-Subscription-Key</c>.</summary>
    public string SubscriptionKey { get; set; } = "";

    /// <summary>How long name resolution, connect and TLS handshake may take together: 50 ms to 1 minute. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one try may take in all, a token refresh included: 50 ms to 2 minutes. Default 15 s.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection is used at most, 1 s to 1 hour: then the name is resolved and the certificate looked at anew. Default 2 minutes.</summary>
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Judges the server's certificate at each handshake; null: as the system does, by its own authorities.</summary>
    public RemoteCertificateValidationCallback? ServerTrust { get; set; }

    /// <summary>An HTTP proxy to use; null means none, whatever the environment's <c>HTTPS_PROXY</c> says.</summary>
    public Uri? Proxy { get; set; }

    /// <summary>Sent as <c>Vipps-System-Name</c>: 1-30 printable ASCII characters.</summary>
    public string SystemName { get; set; } = "taximeter-agent";

    /// <summary>Sent as <c>Vipps-System-Version</c>: 1-30 printable ASCII characters.</summary>
    public string SystemVersion { get; set; } = LibraryVersion;

    /// <summary>Sent as <c>Vipps-System-Plugin-Name</c>: 1-30 printable ASCII characters.</summary>
    public string PluginName { get; set; } = "taximeter-agent-epayment";

    /// <summary>Sent as <c>Vipps-System-Plugin-Version</c>: 1-30 printable ASCII characters.</summary>
    public string PluginVersion { get; set; } = LibraryVersion;

    /// <summary>The configured sales unit on the configured host.</summary>
    /// <exception cref="ArgumentException">The options have faults in these two.</exception>
    public SalesUnit SalesUnit => new(BaseUrl ?? throw new ArgumentException($"{nameof(BaseUrl)}: missing"), MerchantSerialNumber);

    /// <summary>Everything that is wrong, in the order of the properties; empty if the options can be used.</summary>
    public IReadOnlyList<OptionsFault> FindFaults()
    {
        var faults = new List<OptionsFault>();
        if (!EPayment.SalesUnit.IsBaseUrl(BaseUrl)) Add(nameof(BaseUrl), Shown(BaseUrl), EPayment.SalesUnit.BaseUrlExpected);
        if (!EPayment.SalesUnit.IsMerchantSerialNumber(MerchantSerialNumber))
            Add(nameof(MerchantSerialNumber), Quoted(MerchantSerialNumber), EPayment.SalesUnit.MerchantSerialNumberExpected);
        Secret(nameof(ClientId), ClientId);
        Secret(nameof(ClientSecret), ClientSecret);
        Secret(nameof(SubscriptionKey), SubscriptionKey);
        Time(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMinutes(1));
        Time(nameof(TryTimeout), TryTimeout, TimeSpan.FromMinutes(2));
        if (ConnectionLifetime < TimeSpan.FromSeconds(1) || ConnectionLifetime > TimeSpan.FromHours(1))
            Add(nameof(ConnectionLifetime), ConnectionLifetime.ToString("c"), "00:00:01 to 01:00:00");
        if (Proxy is not null && !(Proxy is { IsAbsoluteUri: true, UserInfo: "" } && Proxy.Scheme == Uri.UriSchemeHttp))
            Add(nameof(Proxy), Shown(Proxy), "an absolute http URL without user, or nothing");
        Label(nameof(SystemName), SystemName);
        Label(nameof(SystemVersion), SystemVersion);
        Label(nameof(PluginName), PluginName);
        Label(nameof(PluginVersion), PluginVersion);
        return faults;

        void Add(string name, string found, string expected) => faults.Add(new OptionsFault(name, found, expected));

        void Secret(string name, string? value)
        {
            if (!HeaderText.IsToken(value, 512))
                Add(name, $"a secret of {value?.Length ?? 0} characters (not shown)", "1-512 printable ASCII characters without spaces");
        }

        void Time(string name, TimeSpan value, TimeSpan most)
        {
            var least = TimeSpan.FromMilliseconds(50);
            if (value < least || value > most) Add(name, value.ToString("c"), $"{least:c} to {most:c}");
        }

        void Label(string name, string? value)
        {
            if (!HeaderText.IsLabel(value, 30)) Add(name, Quoted(value), "1-30 printable ASCII characters, no space at either end");
        }
    }

    /// <summary>Throws if there is any fault.</summary>
    /// <exception cref="ArgumentException">Its message has one line per fault and shows no secret.</exception>
    public void ThrowIfInvalid()
    {
        var faults = FindFaults();
        if (faults.Count > 0) throw new ArgumentException(string.Join('\n', faults));
    }

    /// <summary>Host and sales unit; never a secret.</summary>
    public override string ToString() => $"EPaymentOptions {{ BaseUrl = {Shown(BaseUrl)}, MerchantSerialNumber = {MerchantSerialNumber} }}";

    private static string Quoted(string? value) => value is null ? "nothing" : $"\"{SafeText.Bounded(value, 60)}\"";

    // A URL may hold a password in its user part.
    private static string Shown(Uri? url) => url switch
    {
        null => "nothing",
        { IsAbsoluteUri: true } => $"\"{SafeText.Bounded(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), 100)}\"",
        _ => "a relative URL",
    };
}
