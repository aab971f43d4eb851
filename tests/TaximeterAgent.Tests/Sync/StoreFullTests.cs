using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Sync;

/// <summary>A disk without room, as the driver sees it.</summary>
public sealed class StoreFullTests : IDisposable
{
    private const string Start = "2026-11-20T10:00:00Z";

    private readonly ManualTime _time = new();
    private readonly MemoryOutbox _outbox = new();
    private readonly DeskBench _bench;
    private IReadOnlyList<string> _shown = [];
    private int _settled;

    public StoreFullTests()
    {
        _bench = new DeskBench(_outbox, _time);
        var engine = _bench.Engine;
        engine.Settled += () => _settled++;
        _ = new DriverDesk(
            engine, () => new CarStatus { MeterHeard = true, StoreWritable = engine.StoreWritable }, _time, Language.English, Country.NO, lines => _shown = lines);
        engine.Do(() => { });
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_display_says_it_in_the_round_that_finds_no_room_and_nobody_is_told_that_it_was_stored()
    {
        Assert.Equal("Ready", _shown[0]);
        _outbox.NoRoom(true);
        var before = _settled;
        _bench.Fare("1", Start);
        Assert.Equal("STORE FULL", _shown[0]);
        Assert.Equal(before, _settled);
        Assert.Empty(_bench.Engine.Book.Trips);
    }

    [Fact]
    public void The_display_takes_it_back_when_there_is_room_again()
    {
        _outbox.NoRoom(true);
        _bench.Fare("1", Start);
        _outbox.NoRoom(false);
        _time.Advance(TimeSpan.FromSeconds(5));
        _bench.Engine.Drain();
        Assert.Equal("Ready", _shown[0]);
        _bench.Fare("1", Start);
        Assert.Contains("345,00", string.Join('|', _shown), StringComparison.Ordinal);
    }
}
