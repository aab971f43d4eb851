using System.Text;

namespace TaximeterAgent.Simulator.Server;

/// <summary>What the carrier sends back, or does instead of sending.</summary>
public sealed record ServerAnswer
{
    /// <summary>The HTTP status; 0 means that nothing is sent and the connection is broken.</summary>
    public required int Status { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// How long the carrier waits before it sends. A carrier that was given a delay reports the end of it with <see cref="VippsServer.Delivered"/> or
    /// <see cref="VippsServer.Lost"/>.
    /// </summary>
    public TimeSpan Delay { get; init; }

    public bool Withheld => Status == 0;

    /// <summary>The error code of the answer, if it is a domain error.</summary>
    internal string? ErrorCode { get; init; }

    /// <summary>Pairs the answer with its line in the wire log.</summary>
    internal long Number { get; init; }

    public string? Header(string name) => Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    internal static ServerAnswer Broken { get; } = new() { Status = 0 };
}
