using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Meter.Serial;

/// <summary>Who else has the meter's line; on the line's own thread, but for <see cref="Others"/>.</summary>
/// <param name="name">The line, for people.</param>
/// <param name="port">Where it is.</param>
/// <param name="time">How old an answer is.</param>
internal sealed class LineHolders(string name, string port, TimeProvider time)
{
    /// <summary>To look at every process there is takes longer than a meter's first answer should wait.</summary>
    public static readonly TimeSpan OthersAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(30);

    private IReadOnlyList<string>? _holders;
    private long _at;

    /// <summary>What a line is called in messages.</summary>
    public static string Name(SerialLineOptions options) => $"The meter's line {options.Port}";

    /// <summary>A busy line is tried every second; who has it is looked for at first, and now and then.</summary>
    public IReadOnlyList<string> Of(string device)
    {
        if (_holders is null || time.GetElapsedTime(_at) >= s_every)
        {
            _holders = DeviceHolders.Of(device);
            _at = time.GetTimestamp();
        }

        return _holders;
    }

    /// <summary>The line is ours: whoever had it has it no more.</summary>
    public void Forget() => _holders = null;

    /// <summary>What to tell of those who have it open beside us, or null. Whoever took neither the lock nor the mark, as a console does, is not kept out by ours if it was there before.</summary>
    public string? Others() => DeviceHolders.Besides(port, Environment.ProcessId) is { Count: > 0 } others
        ? $"{name} is open, but not ours alone: {string.Join(", ", others)} can take bytes away."
        : null;
}
