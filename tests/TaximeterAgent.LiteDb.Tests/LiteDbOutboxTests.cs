using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>The contract on the real files, opened as the agent opens them.</summary>
public sealed class LiteDbOutboxTests : OutboxStoreContractTests, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private IOutboxStore _outbox;
    private int _crashes;

    public LiteDbOutboxTests() => _outbox = Open();

    protected override IOutboxStore Store => _outbox;

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    protected override void Reopen()
    {
        _outbox.Dispose();
        _outbox = Open();
    }

    // What a power cut leaves: the files as they are on disk at that moment, without the process's own end.
    protected override void Crash()
    {
        _directory.CopyDatabase($"{_crashes}", $"{++_crashes}");
        _outbox.Dispose();
        _outbox = Open();
    }

    protected override IReadOnlyList<string> FilesWithDigits() => _directory.FilesWith($"{_crashes}", Examples.Digits);

    private IOutboxStore Open() => OutboxStores.Open(OutboxStore.LiteDb, _directory.At($"{_crashes}"), Clock);
}
