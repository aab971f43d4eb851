using TaximeterAgent.Meter.Contacts;

namespace TaximeterAgent.Tests.Meter.Contacts;

/// <summary>What the contacts mean. Written as a driver would tell it: H hired, S stopped, P paid, - none.</summary>
public sealed class ContactMeterTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(300);

    private ContactState _state = new() { Series = "abc123" };
    private DateTimeOffset _now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private long? _begun;
    private long? _moved;

    [Fact]
    public void Hired_begins_a_trip_and_stopped_asks_for_its_amount()
    {
        Seen("-");
        Assert.Equal([ContactEventKind.Began], After(s_long, "H"));
        Assert.Equal(1, _state.Running!.Number);
        var start = _now;
        Assert.Equal([ContactEventKind.Stopped], After(s_long, "S"));

        var asked = Assert.Single(_state.Asked);
        Assert.Equal((1L, start, _now), (asked.Number, asked.Start, asked.Stopped));
        Assert.Null(_state.Running);
        Assert.Empty(After(s_long, "-"));
        Assert.Single(_state.Asked);
    }

    [Fact]
    public void A_meter_that_keeps_hired_closed_while_it_is_stopped_is_understood()
    {
        Seen("-");
        Played(s_long, "H", "HS");
        Assert.Equal([1L], Asked());
        Assert.Empty(After(s_long, "-"));
    }

    [Fact]
    public void The_next_hire_is_another_trip_and_the_amount_of_the_last_is_still_asked_for()
    {
        Seen("-");
        Played(s_long, "H", "S", "-", "H", "S");
        Assert.Equal([1L, 2L], Asked());
    }

    [Fact]
    public void Stopped_and_hired_again_is_the_same_passenger()
    {
        Seen("-");
        Played(s_long, "H", "S");
        Assert.Equal([ContactEventKind.GoesOn], After(s_long, "H"));
        Assert.Empty(_state.Asked);
        Assert.Equal([ContactEventKind.Stopped], After(s_long, "S"));
        Assert.Equal([1L], Asked());
    }

    [Fact]
    public void Hired_again_after_the_amount_was_keyed_is_another_trip()
    {
        Seen("-");
        Played(s_long, "H", "S");
        _state = ContactMeter.Answered(_state, 1);
        Assert.Equal([ContactEventKind.Began], After(s_long, "H"));
        Assert.Equal(2, _state.Running!.Number);
    }

    [Fact]
    public void A_stop_without_a_hire_is_asked_for_too()
    {
        Seen("-");
        Assert.Equal([ContactEventKind.StoppedOnly, ContactEventKind.Stopped], After(s_long, "S"));
        Assert.Equal([1L], Asked());
    }

    [Fact]
    public void A_stop_that_nobody_saw_is_asked_for_when_the_meter_is_for_hire_again()
    {
        Seen("-");
        Played(s_long, "H");
        Assert.Equal([ContactEventKind.StopMissed], After(s_long, "-"));
        Assert.Equal([1L], Asked());
    }

    [Fact]
    public void A_hire_that_bounces_is_one_trip()
    {
        Seen("-");
        Assert.Equal([ContactEventKind.Began], After(s_long, "H"));
        Assert.Equal([ContactEventKind.TooShort], After(s_short, "-"));
        Assert.Equal([ContactEventKind.Began], After(s_short, "H"));
        After(s_long, "S");
        Assert.Single(_state.Asked);
    }

    [Fact]
    public void A_hire_that_breaks_off_for_a_moment_is_the_same_trip()
    {
        Seen("-");
        Played(s_long, "H", "-");
        Assert.Equal([ContactEventKind.GoesOn], After(s_short, "H"));
        Assert.Empty(_state.Asked);
        After(s_long, "S");
        Assert.Equal([1L], Asked());
    }

    [Fact]
    public void A_stop_that_bounces_is_asked_for_once()
    {
        Seen("-");
        Played(s_long, "H", "S");
        Assert.Empty(After(s_short, "-"));
        Assert.Empty(After(s_short, "S"));
        Assert.Equal([1L], Asked());
    }

    [Fact]
    public void A_ride_that_ended_is_never_taken_for_a_bounce_because_its_last_moments_were_short()
    {
        Seen("-");
        Played(s_long, "H", "S");
        Assert.Equal([ContactEventKind.GoesOn], After(s_short, "H"));
        Assert.Equal([ContactEventKind.StopMissed], After(s_short, "-"));
        Assert.Equal([1L], Asked());
    }

    [Fact]
    public void Paid_at_the_meter_takes_the_question_away()
    {
        Seen("-");
        Played(s_long, "H", "S");
        Assert.Equal([ContactEventKind.PaidUnkeyed], After(s_long, "SP"));
        Assert.Empty(_state.Asked);
        Assert.Empty(After(s_long, "-"));
    }

    [Fact]
    public void Paid_after_the_amount_was_keyed_changes_nothing()
    {
        Seen("-");
        Played(s_long, "H", "S");
        _state = ContactMeter.Answered(_state, 1);
        Assert.Equal([ContactEventKind.Paid], After(s_long, "SP"));
    }

    [Fact]
    public void Paid_while_the_meter_runs_takes_no_other_trips_question_away()
    {
        Seen("-");
        Played(s_long, "H", "S", "-", "H");
        Assert.Equal([ContactEventKind.Paid], After(s_long, "HP"));
        Assert.Equal([1L], Asked());
    }

    [Theory]
    [InlineData("-", false, 0)]
    [InlineData("H", true, 0)]
    [InlineData("S", false, 1)]
    [InlineData("HS", false, 1)]
    [InlineData("SP", false, 0)]
    [InlineData("HSP", false, 0)]
    public void Whatever_is_active_at_the_first_start_is_understood(string levels, bool runs, int asked)
    {
        Seen(levels);
        Assert.Equal((runs, asked), (_state.Running is not null, _state.Asked.Count));
    }

    [Theory]
    [InlineData("H", "H", true, "")]
    [InlineData("H", "S", false, "1")]
    [InlineData("H", "-", false, "1")]
    [InlineData("S", "S", false, "1")]
    [InlineData("S", "-", false, "1")]
    // Perhaps the same passenger, perhaps another: in doubt the driver is asked.
    [InlineData("S", "H", true, "1")]
    [InlineData("S", "SP", false, "")]
    [InlineData("-", "S", false, "1")]
    [InlineData("-", "H", true, "")]
    public void Nothing_is_lost_that_happened_while_the_agent_was_off(string before, string after, bool runs, string asked)
    {
        Seen("-");
        if (before == "S")
            Played(s_long, "H", "S");
        else if (before == "H")
            Played(s_long, "H");
        Seen(after);
        Assert.Equal((runs, asked), (_state.Running is not null, string.Join(',', Asked())));
    }

    [Fact]
    public void The_first_look_after_a_start_is_no_bounce_however_soon_it_comes()
    {
        Seen("-");
        Played(s_long, "H");
        Seen("-");
        Assert.Equal([1L], Asked());
        Seen("S");
        Assert.Equal([1L, 2L], Asked());
    }

    [Fact]
    public void More_questions_than_there_is_room_for_let_the_oldest_go_and_say_so()
    {
        Seen("-");
        for (var ride = 0; ride < ContactMeter.AskedMaximum; ride++)
            Played(s_long, "H", "S", "-");
        After(s_long, "H");
        Assert.Equal([ContactEventKind.Stopped, ContactEventKind.LetGo], After(s_long, "S"));
        Assert.Equal(Enumerable.Range(2, ContactMeter.AskedMaximum).Select(number => (long)number), Asked());
    }

    [Fact]
    public void Whatever_the_contacts_do_a_ride_is_kept_within_bounds_and_no_number_is_given_twice()
    {
        var chance = new Random(7);
        Seen("-");
        for (var step = 0; step < 20_000; step++)
        {
            var before = _state;
            var levels = new ContactLevels(chance.Next(2) == 0, chance.Next(2) == 0, chance.Next(2) == 0);
            _now += chance.Next(2) == 0 ? s_short : s_long;
            var change = ContactMeter.Take(_state, levels, _now, chance.Next(4) == 0 ? default : new ContactAges(s_short, chance.Next(2) == 0 ? s_short : s_long));
            _state = change.State;

            Assert.InRange(_state.Asked.Count, 0, ContactMeter.AskedMaximum);
            Assert.True(_state.Count >= before.Count);
            Assert.Equal(_state.Asked.Select(trip => trip.Number).Distinct().Order(), _state.Asked.Select(trip => trip.Number));
            Assert.DoesNotContain(_state.Asked, trip => trip.Number == _state.Running?.Number || trip.Number > _state.Count || trip.Stopped is null);
            // A trip that ran either still runs, is asked for, or the history says what became of it.
            if (before.Running is { } ran && _state.Running?.Number != ran.Number && !_state.Asked.Any(trip => trip.Number == ran.Number))
                Assert.Contains(change.Events, told => told.Trip?.Number == ran.Number && told.Kind is ContactEventKind.TooShort or ContactEventKind.PaidUnkeyed);
            if (chance.Next(5) == 0 && _state.Asked is [var first, ..])
                _state = ContactMeter.Answered(_state, first.Number);
        }
    }

    [Fact]
    public void The_state_is_read_back_as_it_was_written()
    {
        Seen("-");
        Played(s_long, "H", "S", "-", "HP");
        var read = ContactStateJson.Read(ContactStateJson.Write(_state));

        Assert.Equal((_state.Series, _state.Count, _state.Levels, _state.Running), (read.Series, read.Count, read.Levels, read.Running));
        Assert.Equal(_state.Asked, read.Asked);
    }

    private void Played(TimeSpan each, params string[] levels)
    {
        foreach (var one in levels)
            After(each, one);
    }

    // Read anew, as at a start: how long anything has lasted is not known.
    private void Seen(string levels)
    {
        _begun = _moved = null;
        Take(levels, default);
    }

    private List<ContactEventKind> After(TimeSpan while_, string levels)
    {
        _now += while_;
        return Take(levels, new ContactAges(Since(_begun), Since(_moved) ?? while_));
    }

    private List<ContactEventKind> Take(string levels, ContactAges ages)
    {
        var now = new ContactLevels(levels.Contains('H'), levels.Contains('S'), levels.Contains('P'));
        if (_state.Levels?.Position != now.Position)
            _moved = _now.Ticks;
        var change = ContactMeter.Take(_state, now, _now, ages);
        _state = change.State;
        if (change.Events.Any(told => told.Kind == ContactEventKind.Began))
            _begun = _now.Ticks;
        return [.. change.Events.Select(told => told.Kind)];
    }

    private TimeSpan? Since(long? ticks) => ticks is { } at ? TimeSpan.FromTicks(_now.Ticks - at) : null;

    private IEnumerable<long> Asked() => _state.Asked.Select(trip => trip.Number);
}
