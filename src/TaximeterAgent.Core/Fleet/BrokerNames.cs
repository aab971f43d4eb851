namespace TaximeterAgent.Core.Fleet;

/// <summary>The broker's exchanges and shared queues, as <c>deploy/relay/definitions.json</c> makes them.</summary>
public static class BrokerNames
{
    /// <summary>Direct; key: <see cref="CarAddress.RoutingKey"/>.</summary>
    public const string Hints = "hints";

    /// <summary>Direct; key: <see cref="CarAddress.RoutingKey"/>.</summary>
    public const string Bookings = "bookings";

    /// <summary>Topic; key: <see cref="CarAddress.ReportKey"/>. Also the queue that the relay reads.</summary>
    public const string Reports = "reports";

    /// <summary>Fanout; what was authentic and nobody's. Also the queue that keeps it.</summary>
    public const string Dead = "dead";
}
