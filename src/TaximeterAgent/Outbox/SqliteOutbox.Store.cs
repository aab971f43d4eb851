using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox;

public sealed partial class SqliteOutbox
{
    IOutboxReader IOutboxStore.Reader => Reader;

    IOutboxReserve IOutboxStore.Reserve => Reserve;

    /// <inheritdoc/>
    public IOutboxReader OpenReader() => OutboxReader.Open(_files.Directory);

    /// <inheritdoc/>
    public bool Publish() => Fold();
}
