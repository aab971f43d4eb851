using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

/// <summary>A serial line whose far end is the test: it reads the meter's frames and speaks as an agent.</summary>
internal sealed class TestLine : ISerialLine
{
    private readonly Tfp1Receiver _receiver;

    public TestLine() => _receiver = new Tfp1Receiver((payload, crc) => Sent.Add((payload, crc)), Damaged.Add);

    public event Action<ReadOnlyMemory<byte>>? Received;

    public List<(string Payload, string Crc)> Sent { get; } = [];

    public List<string> Damaged { get; } = [];

    public IEnumerable<string> Payloads => Sent.Select(sent => sent.Payload);

    public string Last => Sent[^1].Payload;

    public void Write(ReadOnlySpan<byte> bytes) => _receiver.Take(bytes);

    /// <summary>The agent says this.</summary>
    public void Say(string payload) => Received?.Invoke(Tfp1.Frame(payload));

    public void SayBytes(ReadOnlySpan<byte> bytes) => Received?.Invoke(bytes.ToArray());

    /// <summary>The agent answers the meter's last frame that is no answer.</summary>
    public void Answer(string? refusal = null)
    {
        (string payload, string crc) = Sent.Last(sent => !sent.Payload.StartsWith("ACK", StringComparison.Ordinal) && !sent.Payload.StartsWith("NAK", StringComparison.Ordinal));
        string seq = payload.Split('|')[1];
        Say(refusal is null ? $"ACK|{seq}|of={crc}" : $"NAK|{seq}|of={crc}|reason={refusal}");
    }

    /// <summary>Answers everything until the meter has nothing more to say.</summary>
    public void AnswerAll()
    {
        for (int before = -1; before != Sent.Count;)
        {
            before = Sent.Count;
            Answer();
        }
    }
}
