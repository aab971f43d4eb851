namespace TaximeterAgent.Sync;

/// <summary>
/// What waits for the engine's one thread: bytes from the line, keys, answers, requests from the control socket. Bounded; whoever finds it full is told so.
/// </summary>
internal sealed class WorkQueue(Action wake)
{
    /// <summary>More than any burst of a working car: a meter at 115200 baud sends some hundred frames a second.</summary>
    public const int Maximum = 4096;

    private readonly Lock _lock = new();
    private readonly Queue<Action> _waiting = new();

    /// <returns>False if there is no room; the work is dropped.</returns>
    public bool Post(Action work)
    {
        lock (_lock)
        {
            if (_waiting.Count >= Maximum)
                return false;
            _waiting.Enqueue(work);
        }

        wake();
        return true;
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Action? work)
    {
        lock (_lock)
            return _waiting.TryDequeue(out work);
    }
}
