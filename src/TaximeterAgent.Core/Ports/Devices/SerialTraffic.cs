namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>What has gone over a line since the agent started.</summary>
public sealed record SerialTraffic
{
    /// <summary>How often the line was opened; more than once says that it was lost.</summary>
    public long Openings { get; init; }

    public long BytesReceived { get; init; }

    public long BytesSent { get; init; }

    /// <summary>Bytes that came with a parity or framing error: noise, another speed, another parity.</summary>
    public long BytesDamaged { get; init; }

    /// <summary>Breaks: the line held low, as by a plug that is pulled or a meter that starts.</summary>
    public long Breaks { get; init; }

    /// <summary>Frames that were not sent because the line was not open or did not drain.</summary>
    public long FramesNotSent { get; init; }
}
