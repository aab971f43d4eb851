using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>The contract on the real file.</summary>
public sealed class SqliteOutboxTests : OutboxStoreContractTests, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteOutbox _outbox;
    private int _crashes;

    public SqliteOutboxTests() => _outbox = SqliteOutbox.Open(_directory.At("0"), Clock);

    protected override IOutboxStore Store => _outbox;

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    protected override void Reopen()
    {
        _outbox.Dispose();
        _outbox = SqliteOutbox.Open(_directory.At($"{_crashes}"), Clock);
    }

    // What a power cut leaves: the files as they are on disk at that moment, without the process's own end.
    protected override void Crash()
    {
        _directory.CopyDatabase($"{_crashes}", $"{++_crashes}");
        _outbox.Dispose();
        _outbox = SqliteOutbox.Open(_directory.At($"{_crashes}"), Clock);
    }

    protected override IReadOnlyList<string> FilesWithDigits() => _directory.FilesWith($"{_crashes}", Examples.Digits);
}
