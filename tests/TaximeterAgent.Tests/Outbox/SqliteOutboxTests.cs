using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>The contract on the real file.</summary>
public sealed class SqliteOutboxTests : OutboxContractTests, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();
    private SqliteOutbox _outbox;
    private int _crashes;

    public SqliteOutboxTests() => _outbox = SqliteOutbox.Open(_directory.At("0"), _clock);

    protected override IOutbox Outbox => _outbox;

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    protected override void Reopen()
    {
        _outbox.Dispose();
        _outbox = SqliteOutbox.Open(_directory.At($"{_crashes}"), _clock);
    }

    // What a power cut leaves: the files as they are on disk at that moment, without the process's own end.
    protected override void Crash()
    {
        _directory.CopyDatabase($"{_crashes}", $"{++_crashes}");
        _outbox.Dispose();
        _outbox = SqliteOutbox.Open(_directory.At($"{_crashes}"), _clock);
    }
}
