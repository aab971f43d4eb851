using RabbitMQ.Client;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>A connection to the broker with the relay's identity, and with nothing of the relay's code.</summary>
internal static class RelayConnection
{
    /// <param name="environment">What the relay is told.</param>
    /// <param name="stop">Gives up.</param>
    public static Task<IConnection> OpenAsync(IReadOnlyDictionary<string, string> environment, CancellationToken stop)
    {
        var factory = new ConnectionFactory
        {
            Uri = new Uri(environment["RELAY_Broker__Uri"]),
            UserName = environment["RELAY_Broker__User"],
            Password = environment["RELAY_Broker__Password"],
            AutomaticRecoveryEnabled = false,
        };
        // Whose certificate it is makes no difference to what is measured.
        factory.Ssl.CertificateValidationCallback = (_, _, _, _) => true;
        return factory.CreateConnectionAsync(stop);
    }
}
