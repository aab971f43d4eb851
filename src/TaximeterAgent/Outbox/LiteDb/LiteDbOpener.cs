using TaximeterAgent.Core.Ports;
using TaximeterAgent.LiteDb;
using TaximeterAgent.Outbox.State;

namespace TaximeterAgent.Outbox;

// The agent runs on Linux only; said here rather than of the whole assembly, so that it does not spread to every caller.
#pragma warning disable CA1416

/// <summary>Opens an outbox on LiteDB. Compiled with <c>-p:WithLiteDb=true</c> alone.</summary>
internal sealed class LiteDbOpener : IStoreOpener
{
    public IOutboxStore Open(OutboxFiles files, OutboxLock @lock, TimeProvider time, long reserve = 0)
    {
        try
        {
            return LiteDbOutbox.Open(new LiteDbFiles(files.LiteDb, files.LiteDbNamed, OutboxFiles.Cure), time, new TripStateCodec(), @lock, new Reserve(files, reserve));
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }
}

internal static partial class OutboxStores
{
    static partial void Built(ref IStoreOpener? opener) => opener = new LiteDbOpener();
}
