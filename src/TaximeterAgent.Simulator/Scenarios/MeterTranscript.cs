using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Tells the frames on the line, the heartbeat left out: a line a second would hide all else.</summary>
internal sealed class MeterTranscript(Transcript transcript)
{
    private string _pingCrc = "";

    /// <summary>The payload of the agent's last message that was no answer to a heartbeat.</summary>
    public string? LastFromAgent { get; private set; }

    public void Take(LineFrame frame)
    {
        if (frame.FromMeter && frame.Payload.StartsWith("PING", StringComparison.Ordinal))
        {
            _pingCrc = Crc32.Digits(Encoding.ASCII.GetBytes(frame.Payload));
            return;
        }

        if (!frame.FromMeter && frame.Payload.StartsWith("ACK", StringComparison.Ordinal) && frame.Payload.EndsWith("of=" + _pingCrc, StringComparison.Ordinal))
            return;
        if (!frame.FromMeter)
            LastFromAgent = frame.Payload;
        transcript.Say(frame.FromMeter ? "meter" : "agent", frame.Payload);
    }
}
