namespace TaximeterAgent.Simulator.Server;

/// <summary>How the simulated server is reached.</summary>
public sealed record CarrierOptions
{
    /// <summary>What it shows over TLS; null: it speaks plain HTTP.</summary>
    public ServerTls? Tls { get; init; }

    /// <summary>After so long without a request it closes a connection, to the second; null: after two minutes and some.</summary>
    public TimeSpan? IdleConnection { get; init; }
}
