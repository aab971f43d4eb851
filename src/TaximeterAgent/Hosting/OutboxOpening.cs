using System.Runtime.ExceptionServices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Hosting;

/// <summary>
/// Opens the outbox on a thread of its own. It has to be read once whole before it is trusted; meanwhile a second processor puts the rest of the agent together.
/// </summary>
internal sealed class OutboxOpening
{
    private readonly Thread _thread;
    private IOutboxStore? _outbox;
    private ExceptionDispatchInfo? _fault;

    private OutboxOpening(OutboxOptions options, TimeProvider time) => _thread = new Thread(() => Open(options, time)) { Name = "outbox", IsBackground = true };

    /// <param name="options">Where it is, or will be.</param>
    /// <param name="time">The outbox's.</param>
    public static OutboxOpening Begin(OutboxOptions options, TimeProvider time)
    {
        var opening = new OutboxOpening(options, time);
        opening._thread.Start();
        return opening;
    }

    /// <summary>Waits until it is open. It is the caller's then.</summary>
    /// <exception cref="OutboxUnusableException">It cannot be used as it is.</exception>
    public IOutboxStore Take()
    {
        _thread.Join();
        _fault?.Throw();
        return _outbox!;
    }

    private void Open(OutboxOptions options, TimeProvider time)
    {
        try
        {
            _outbox = OutboxStores.Open(options.Store, options.Directory, time, options.Reserve);
        }
#pragma warning disable CA1031 // It is the caller's to deal with, on the caller's thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(e);
        }
    }
}
