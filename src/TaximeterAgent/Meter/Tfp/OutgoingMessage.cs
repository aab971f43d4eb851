namespace TaximeterAgent.Meter.Tfp;

/// <summary>A message of ours: HELLO or a result. Its frame is made once, at the first try, and is the same at every other.</summary>
internal sealed class OutgoingMessage(MeterResult? result, Func<ushort, string> payload)
{
    /// <summary>The result that is told; null for HELLO.</summary>
    public MeterResult? Result { get; } = result;

    public bool IsHello => Result is null;

    public ushort Sequence { get; private set; }

    public uint Crc { get; private set; }

    public string Payload { get; private set; } = "";

    public byte[]? Frame { get; private set; }

    public void MakeFrame(ushort sequence)
    {
        Sequence = sequence;
        Payload = payload(sequence);
        Frame = FrameWriter.Write(Payload, out var crc);
        Crc = crc;
    }
}
