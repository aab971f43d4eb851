namespace TaximeterAgent.Simulator.Car;

internal sealed record MeterOptions
{
    public string Id { get; init; } = "NO-4711";

    public string Model { get; init; } = "SIM-1";

    public string Firmware { get; init; } = "1.0";

    /// <summary>The SEQ of the first message.</summary>
    public ushort FirstSeq { get; init; }

    /// <summary>How often each frame is sent, answers too; 1 unless a line that repeats everything is wanted.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>No answer within this: the same frame again.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Tries before the pause.</summary>
    public int Tries { get; init; } = 10;

    public TimeSpan AnswerPause { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);
}
