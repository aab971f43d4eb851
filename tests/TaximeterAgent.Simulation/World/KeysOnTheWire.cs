namespace TaximeterAgent.Simulation;

/// <summary>
/// Idempotency keys as they leave the car. Unlike the server's audit it also knows of requests that were lost on their way there: a key that was definitely refused
/// is of no more use, unless an earlier try under it may still have been acted on; then only the same key is safe.
/// </summary>
internal sealed class KeysOnTheWire
{
    private readonly Dictionary<string, Tries> _keys = [];

    /// <summary>A request leaves the car. False if its key was definitely refused with nothing unknown behind it.</summary>
    public bool MaySend(string key)
    {
        var before = _keys.GetValueOrDefault(key);
        _keys[key] = before with { Unanswered = before.Unanswered + 1 };
        return !before.Refused || before.Unanswered > 0;
    }

    /// <summary>The agent was told what came of a try.</summary>
    public void Answered(string key, bool refused)
    {
        var before = _keys.GetValueOrDefault(key);
        _keys[key] = new Tries(Math.Max(0, before.Unanswered - 1), before.Refused || refused);
    }

    private readonly record struct Tries(int Unanswered, bool Refused);
}
