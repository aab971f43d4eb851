using System.Runtime.ExceptionServices;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Hosting;

/// <summary>
/// Opens the outbox on a thread of its own. It has to be read once whole before it is trusted; meanwhile a second processor puts the rest of the agent together.
/// </summary>
internal sealed class OutboxOpening
{
    private readonly Thread _thread;
    private SqliteOutbox? _outbox;
    private ExceptionDispatchInfo? _fault;

    private OutboxOpening(string directory, TimeProvider time) => _thread = new Thread(() => Open(directory, time)) { Name = "outbox", IsBackground = true };

    /// <param name="directory">Where it is, or will be.</param>
    /// <param name="time">The outbox's.</param>
    public static OutboxOpening Begin(string directory, TimeProvider time)
    {
        var opening = new OutboxOpening(directory, time);
        opening._thread.Start();
        return opening;
    }

    /// <summary>Waits until it is open. It is the caller's then.</summary>
    /// <exception cref="OutboxUnusableException">It cannot be used as it is.</exception>
    public SqliteOutbox Take()
    {
        _thread.Join();
        _fault?.Throw();
        return _outbox!;
    }

    private void Open(string directory, TimeProvider time)
    {
        try
        {
            _outbox = SqliteOutbox.Open(directory, time);
        }
#pragma warning disable CA1031 // It is the caller's to deal with, on the caller's thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(e);
        }
    }
}
