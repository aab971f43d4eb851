using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Hosting.Systemd;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Sync;

namespace TaximeterAgent.Tests.Hosting.Systemd;

/// <summary>The tick's way through the engine: what lets it arrive, and what does not.</summary>
public sealed class WatchdogTests
{
    private const string Start = "2026-11-20T10:00:00Z";
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    private readonly ManualTime _time = new();
    private int _ticks;

    [Fact]
    public void An_idle_engine_is_woken_when_the_interval_is_over_and_ticks()
    {
        using var bench = new DeskBench(time: _time);
        var watchdog = Watch();
        Round(watchdog, bench);
        Assert.Equal((0, _time.GetTimestamp() + s_interval.Ticks), (_ticks, watchdog.NextDue));
        _time.Advance(s_interval);
        Assert.Equal(_time.GetTimestamp(), watchdog.NextDue);
        Round(watchdog, bench);
        Assert.Equal((1, _time.GetTimestamp() + s_interval.Ticks), (_ticks, watchdog.NextDue));
    }

    [Fact]
    public void With_a_meter_that_beats_every_ten_seconds_the_tick_goes_along_and_nobody_is_woken_for_it()
    {
        using var bench = new DeskBench(time: _time);
        var watchdog = Watch();
        for (var beat = 0; beat < 12; beat++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.True(watchdog.NextDue > _time.GetTimestamp());
            Round(watchdog, bench);
        }

        Assert.Equal(6, _ticks);
    }

    [Fact]
    public void It_does_not_arrive_before_the_round_that_took_it_is_stored()
    {
        var outbox = new HangingOutbox();
        using var bench = new DeskBench(outbox, _time);
        var watchdog = Watch();
        outbox.Hang();
        _time.Advance(s_interval);
        watchdog.Look(bench.Engine);
        var engine = new Thread(() => bench.Fare("1", Start));
        engine.Start();
        Assert.True(outbox.Hangs.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal((0, null), (_ticks, watchdog.NextDue));
        outbox.Release();
        engine.Join();
        Assert.Equal(1, _ticks);
    }

    [Fact]
    public void A_store_that_fails_lets_none_arrive()
    {
        var outbox = new MemoryOutbox();
        using var bench = new DeskBench(outbox, _time);
        var watchdog = Watch();
        _time.Advance(s_interval);
        outbox.FailNext();
        watchdog.Look(bench.Engine);
        Assert.Throws<OutboxFailedException>(() => bench.Fare("1", Start));
        Assert.Equal(0, _ticks);
    }

    [Fact]
    public void An_engine_whose_disk_is_full_is_alive()
    {
        var outbox = new MemoryOutbox();
        using var bench = new DeskBench(outbox, _time);
        var watchdog = Watch();
        outbox.NoRoom(true);
        _time.Advance(s_interval);
        watchdog.Look(bench.Engine);
        bench.Fare("1", Start); // the round that finds no room
        Assert.Equal((false, 1), (bench.Engine.StoreWritable, _ticks));
        _time.Advance(TimeSpan.FromSeconds(2));
        Round(watchdog, bench);
        _time.Advance(s_interval);
        Round(watchdog, bench); // one that tries in vain whether there is room
        Assert.Equal((false, 2), (bench.Engine.StoreWritable, _ticks));
    }

    [Fact]
    public void A_call_that_does_not_come_back_holds_the_tick_once_it_is_beyond_all_bounds_and_not_before()
    {
        var calls = new StuckCalls();
        using var bench = new DeskBench(time: _time, calls: calls);
        var watchdog = Watch();
        bench.Fare("1", Start, phone: DeskBench.Phone);
        Assert.Equal(1, bench.Engine.Dispatcher.InFlight);
        _time.Advance(new DispatchOptions().TryBound);
        Round(watchdog, bench);
        Assert.Equal(1, _ticks);
        _time.Advance(s_interval);
        Round(watchdog, bench);
        Assert.Equal((true, 1, null), (bench.Engine.Dispatcher.Overdue, _ticks, watchdog.NextDue));
        calls.ComeBack();
        bench.Engine.Drain();
        Assert.Equal((false, 2), (bench.Engine.Dispatcher.Overdue, _ticks));
    }

    [Fact]
    public void It_is_posted_again_if_the_queue_had_no_room()
    {
        using var bench = new DeskBench(time: _time);
        var watchdog = Watch();
        _time.Advance(s_interval);
        while (bench.Engine.Post(() => { }))
        {
        }

        Round(watchdog, bench);
        Assert.Equal((0, _time.GetTimestamp()), (_ticks, watchdog.NextDue));
        Round(watchdog, bench);
        Assert.Equal(1, _ticks);
    }

    private Watchdog Watch() => new(s_interval, _time, () => _ticks++);

    // As the engine's thread does it.
    private static void Round(Watchdog watchdog, DeskBench bench)
    {
        watchdog.Look(bench.Engine);
        bench.Engine.Drain();
    }

    private sealed class StuckCalls : IPaymentCalls
    {
        private readonly TaskCompletionSource<CallReport> _never = new();

        public ReadOnlyMemory<byte> Body(Operation operation, TripState state) => default;

        public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken) => _never.Task;

        public void ComeBack() => _never.SetResult(new CallReport(new TryOutcome.NotSent()));
    }

    /// <summary>A disk that does not come back from a write.</summary>
    private sealed class HangingOutbox : IOutbox
    {
        private readonly MemoryOutbox _inner = new();
        private readonly ManualResetEventSlim _goes = new(true);

        public ManualResetEventSlim Hangs { get; } = new();

        public void Hang() => _goes.Reset();

        public void Release() => _goes.Set();

        public void Commit(OutboxBatch batch)
        {
            if (!_goes.IsSet)
                Hangs.Set();
            _goes.Wait();
            _inner.Commit(batch);
        }

        public IReadOnlyList<KnownIdentity> FindByCheck(uint check) => _inner.FindByCheck(check);

        public KnownIdentity? Find(Identity identity) => _inner.Find(identity);

        public StoredTrip? Load(long key) => _inner.Load(key);

        public IReadOnlyList<StoredTrip> LoadOpen() => _inner.LoadOpen();

        public long NextKey() => _inner.NextKey();

        public string? Setting(string name) => _inner.Setting(name);

        public void Dispose()
        {
            _goes.Dispose();
            Hangs.Dispose();
        }
    }
}
