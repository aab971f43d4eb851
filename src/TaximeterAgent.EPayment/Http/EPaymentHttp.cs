using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace TaximeterAgent.EPayment;

/// <summary>The connection for a car on a mobile network.</summary>
public static class EPaymentHttp
{
    /// <summary>
    /// TLS 1.2 or newer, no redirects, no cookies, no proxy but the configured one; connections are given up after two minutes so that a changed DNS entry is followed.
    /// </summary>
    public static SocketsHttpHandler CreateHandler(EPaymentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = 16,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
            Proxy = options.Proxy is { } proxy ? new WebProxy(proxy) : null,
            UseProxy = options.Proxy is not null,
            UseCookies = false,
            SslOptions = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
        };
    }
}
