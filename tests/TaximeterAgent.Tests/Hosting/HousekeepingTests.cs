using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Hosting;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Sync;

namespace TaximeterAgent.Tests.Hosting;

/// <summary>What the agent removes from its store by itself, on a board whose clock may say anything.</summary>
public sealed class HousekeepingTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SettableTime _time = new(Examples.Noon);
    private readonly OutboxOptions _options;
    private SqliteOutbox _outbox;
    private Housekeeping _house;
    private TimeSpan? _skew;

    public HousekeepingTests()
    {
        _options = new OutboxOptions(OutboxStore.Sqlite, _directory.At("outbox"), TimeSpan.FromDays(7), TimeSpan.FromDays(400), 500_000, Reserve: 0, TimeSpan.FromHours(1));
        _outbox = SqliteOutbox.Open(_options.Directory, _time);
        _house = House();
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void With_a_clock_that_agrees_numbers_go_after_a_week_and_trips_after_the_retention()
    {
        _skew = TimeSpan.Zero;
        Store(1);
        _time.Pass(TimeSpan.FromDays(6));
        Keep();
        Assert.NotNull(Phone(1));
        _time.Pass(TimeSpan.FromDays(2));
        Keep();
        Assert.Null(Phone(1));
        _time.Pass(TimeSpan.FromDays(391));
        Keep();
        Assert.NotNull(_outbox.Load(1));
        _time.Pass(TimeSpan.FromDays(2));
        Keep();
        Assert.Null(_outbox.Load(1));
        Assert.NotNull(_outbox.Find(Identity.OfTrip(Examples.Trip(1))));
    }

    [Fact]
    public void While_the_reserve_is_not_whole_what_is_left_of_it_is_for_fares()
    {
        _skew = TimeSpan.Zero;
        // More than any disk has.
        Restart(reserve: 1L << 60);
        Store(1);
        _time.Pass(TimeSpan.FromDays(500));
        Assert.False(_house.Piece());
        Assert.NotNull(Phone(1));
        Restart();
        Keep();
        Assert.Null(_outbox.Load(1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_clock_that_jumps_far_ahead_destroys_nothing(bool restarted)
    {
        _skew = TimeSpan.Zero;
        Store(1);
        Keep();
        _skew = null;
        if (restarted)
            Restart();
        _time.Set(Examples.Noon.AddYears(73));
        Keep();
        Assert.NotNull(Phone(1));
        Assert.Single(_outbox.Reader.HistoryOf(1));

        // A trip of that hour is kept neither for 73 years nor for no time.
        Store(2);
        _time.Set(Examples.Noon.AddHours(1));
        _skew = TimeSpan.Zero;
        Keep();
        Assert.NotNull(Phone(2));
        Store(3);
        _time.Pass(TimeSpan.FromDays(8));
        Keep();
        Assert.Equal((null, null), (Phone(1), Phone(2)));
        _time.Pass(TimeSpan.FromDays(400));
        Store(4);
        Keep();
        Assert.Equal([4L], _outbox.Reader.List().Select(trip => trip.Key));
    }

    [Fact]
    public void A_clock_that_starts_in_1970_destroys_nothing_when_it_is_put_right()
    {
        _time.Set(DateTimeOffset.UnixEpoch);
        Store(1);
        Keep();
        _time.Set(Examples.Noon);
        _skew = TimeSpan.Zero;
        Keep();
        Assert.NotNull(Phone(1));
        Assert.Single(_outbox.Reader.HistoryOf(1));
        _time.Pass(TimeSpan.FromDays(8));
        Keep();
        Assert.Null(Phone(1));
    }

    [Fact]
    public void Weeks_without_a_network_count_as_far_as_the_agent_runs_over_starts_too()
    {
        _skew = TimeSpan.Zero;
        Store(1);
        Keep();
        _skew = null;
        for (var day = 1; day <= 10; day++)
        {
            Restart();
            for (var hour = 0; hour < 18; hour++)
            {
                _time.Pass(TimeSpan.FromHours(1));
                Keep();
            }

            // Six hours of each day nobody counts.
            _time.Set(_time.GetUtcNow().AddHours(6));
            Assert.Equal(day < 10, Phone(1) is not null);
        }
    }

    [Fact]
    public void What_was_parked_for_a_year_catches_up_at_the_first_answer_of_the_service_piece_by_piece()
    {
        _skew = TimeSpan.Zero;
        for (var key = 1; key <= 700; key++)
            Store(key);
        Keep();
        _skew = null;
        Restart();
        _time.Set(Examples.Noon.AddDays(500));
        Assert.False(_house.Piece());
        Assert.Equal(700, _outbox.Reader.List(limit: 1_000).Count);
        _skew = TimeSpan.Zero;
        var pieces = Keep();
        Assert.InRange(pieces, 3, 10);
        Assert.Empty(_outbox.Reader.List());
    }

    [Fact]
    public void An_idle_agent_writes_the_time_once_a_day()
    {
        _skew = TimeSpan.Zero;
        var journal = Path.Combine(_options.Directory, "outbox.journal");
        Keep();
        var written = 0;
        var last = new FileInfo(journal).Length;
        for (var hour = 0; hour < 72; hour++)
        {
            _time.Pass(TimeSpan.FromHours(1));
            Keep();
            var now = new FileInfo(journal).Length;
            written += now != last ? 1 : 0;
            last = now;
        }

        Assert.Equal(3, written);
    }

    [Theory]
    [InlineData("outbox.quarantine/20260101T120000Z", true)]
    [InlineData("outbox.quarantine/20260101T120000Z-2", true)]
    [InlineData("outbox.quarantine/20270401T120000Z", false)]
    [InlineData("outbox.quarantine/19700101T000000Z", false)]
    [InlineData("outbox.quarantine/kept-by-hand", false)]
    public void What_was_set_aside_goes_when_its_history_would(string name, bool goes)
    {
        var place = Path.Combine(_options.Directory, name);
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, "outbox.db"), "x");
        _time.Set(Examples.Noon.AddDays(300));
        Keep();
        Assert.True(Directory.Exists(place), "without a time that is certain nothing goes");
        _skew = TimeSpan.Zero;
        Keep();
        Assert.Equal(goes, !Directory.Exists(place));
    }

    private int Keep()
    {
        var pieces = 1;
        while (_house.Piece())
            Assert.InRange(++pieces, 1, 100);
        return pieces;
    }

    private void Restart(long reserve = 0)
    {
        _outbox.Dispose();
        _outbox = SqliteOutbox.Open(_options.Directory, _time, reserve);
        _house = House();
    }

    private Housekeeping House() => new(_options, _outbox, _time, () => _skew);

    private string? Phone(int key) => _outbox.Load(key)?.State.Phone?.Msisdn;

    private void Store(int key)
    {
        var batch = new OutboxBatch();
        batch.Trips[key] = Examples.Closed(key);
        batch.Identities.Add((Identity.OfTrip(Examples.Trip(key)), new KnownIdentity(key, 1)));
        batch.History.Add(Examples.Line(key, at: _time.GetUtcNow()));
        _outbox.Commit(batch);
    }
}
