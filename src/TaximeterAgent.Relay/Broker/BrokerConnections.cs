using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using TaximeterAgent.Core.Trust;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Broker;

/// <summary>Makes connections to the broker, each with the relay's identity and over TLS.</summary>
internal sealed class BrokerConnections
{
    private readonly ConnectionFactory _factory;

    public BrokerConnections(RelayOptions options)
    {
        _factory = new ConnectionFactory
        {
            Uri = new Uri(options.Broker.Uri),
            UserName = options.Broker.User,
            Password = options.Broker.Password,
            // Who uses a connection begins anew by itself: what was on its way is then known to be unknown.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = TimeSpan.FromSeconds(5),
        };
        if (!_factory.Ssl.Enabled)
            return;
        _factory.Ssl.Version = SslProtocols.Tls12 | SslProtocols.Tls13;
        Trust(_factory.Ssl, options.Broker.CaFile);
    }

    /// <exception cref="Exception">Of many kinds, if it cannot be made; none of them carries the password.</exception>
    public Task<IConnection> OpenAsync(string name, CancellationToken stop) => _factory.CreateConnectionAsync($"taximeter-relay {name}", stop);

    private static void Trust(SslOption tls, string authorityFile)
    {
        if (authorityFile.Length == 0)
            return;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(authorityFile);
        tls.CertificateValidationCallback = AuthorityTrust.From(authorities);
    }
}
