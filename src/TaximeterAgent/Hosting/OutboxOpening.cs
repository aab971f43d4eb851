using System.Runtime.ExceptionServices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Hosting;

/// <summary>
/// Opens the outbox on a thread of its own. Its library is made ready while the configuration is still read, and it has to be read once whole before it is trusted; meanwhile
/// a second processor puts the rest of the agent together.
/// </summary>
internal sealed class OutboxOpening : IDisposable
{
    private readonly TaskCompletionSource<Func<IOutboxStore>> _known = new();
    private readonly Thread _thread;
    private IOutboxStore? _outbox;
    private ExceptionDispatchInfo? _fault;

    private OutboxOpening() => _thread = new Thread(Open) { Name = "outbox", IsBackground = true };

    /// <summary>Makes ready what needs no configuration.</summary>
    public static OutboxOpening Prepare()
    {
        var opening = new OutboxOpening();
        opening._thread.Start();
        return opening;
    }

    /// <summary>Opens it. To be called once.</summary>
    /// <param name="options">Where it is, or will be.</param>
    /// <param name="time">The outbox's.</param>
    public void Begin(OutboxOptions options, TimeProvider time) => _known.SetResult(() => OutboxStores.Open(options.Store, options.Directory, time, options.Reserve));

    /// <summary>Waits until it is open. It is the caller's then.</summary>
    /// <exception cref="OutboxUnusableException">It cannot be used as it is.</exception>
    public IOutboxStore Take()
    {
        _thread.Join();
        _fault?.Throw();
        return _outbox!;
    }

    /// <summary>Where it was never begun, nothing waits for it any more.</summary>
    public void Dispose() => _known.TrySetCanceled();

    // What fails here fails again when the outbox is opened, and is explained there; an optional store may not need it.
    private static void Prepared()
    {
        try
        {
            OutboxConnection.Prepare();
        }
#pragma warning disable CA1031 // Whatever it is.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private void Open()
    {
        try
        {
            Prepared();
            _outbox = _known.Task.GetAwaiter().GetResult()();
        }
#pragma warning disable CA1031 // It is the caller's to deal with, on the caller's thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(e);
        }
    }
}
