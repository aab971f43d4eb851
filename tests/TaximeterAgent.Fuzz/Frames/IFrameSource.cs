using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz;

/// <summary>What finds frames in bytes: the agent's own reader, or one that a test has spoilt.</summary>
internal interface IFrameSource
{
    void Read(ReadOnlySpan<byte> bytes, List<TfpFrame> frames);

    /// <summary>Everything that it counts, so that two can be compared.</summary>
    IReadOnlyList<long> Counts { get; }
}

/// <summary>The agent's own.</summary>
internal sealed class AgentFrames : IFrameSource
{
    private readonly FrameReader _reader = new();

    public void Read(ReadOnlySpan<byte> bytes, List<TfpFrame> frames)
    {
        while (_reader.TryRead(ref bytes, out var frame))
            frames.Add(frame);
    }

    public IReadOnlyList<long> Counts => [_reader.Received, _reader.NoiseBytes, .. Enum.GetValues<DroppedFrame>().Select(_reader.Dropped)];
}
