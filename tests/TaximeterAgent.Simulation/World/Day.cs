using TaximeterAgent.Simulator.Car;
using Taximeter = TaximeterAgent.Simulator.Car.Meter;

namespace TaximeterAgent.Simulation;

/// <summary>A day of rides: what the meter says, and when.</summary>
internal sealed class Day(World world)
{
    private readonly List<TripFare> _fares = [];
    private int _planned;
    private int _bookings;

    /// <summary>True once the last ride is over and its last VOID is said.</summary>
    public bool IsOver => _planned >= world.Recipe.Trips && Pending == 0;

    /// <summary>What of the rides so far is still to be said.</summary>
    private int Pending { get; set; }

    private Chance Chance => world.Chance;

    private Taximeter Meter => world.Meter;

    public void Start() => Later(Chance.Seconds(1, 60), Ride);

    private void Later(TimeSpan after, Action happens)
    {
        Pending++;
        world.Clock.After(after, () =>
        {
            Pending--;
            happens();
        });
    }

    private void Ride()
    {
        if (_planned >= world.Recipe.Trips)
            return;
        _planned++;
        string? booking = null;
        var wait = TimeSpan.Zero;
        var total = Total();
        if (Chance.Of(world.Recipe.Booked))
        {
            booking = $"B-{++_bookings}";
            long? maximum = Chance.Of(0.75) ? Chance.Of(0.2) ? total * 2 / 3 : total + Chance.Between(0, 20_000) : null;
            var number = Number();
            world.DriverJudge.Booked(booking, number);
            Meter.Book(booking, number, "NOK", maximum);
            wait = Chance.Seconds(5, 900);
            if (Chance.Of(world.Recipe.Voids * 0.5))
            {
                world.Tally.Count(FaultKind.BookingVoided);
                var voided = booking;
                Later(Chance.Seconds(0, 1200), () => Meter.VoidBooking(voided));
            }

            if (Chance.Of(0.08))
            {
                world.Tally.Count(FaultKind.NoShow);
                Later(wait, Ride);
                return;
            }
        }

        Later(wait, () => Hired(total, booking));
    }

    private void Hired(long total, string? booking)
    {
        Meter.Hired();
        var fare = Fare(total, booking);
        if (Chance.Of(world.Recipe.Voids * 0.2))
        {
            world.Tally.Count(FaultKind.VoidBeforeFare);
            Later(Chance.Seconds(0, 200), () => Meter.Void(fare.Key));
        }

        Later(Chance.Seconds(20, 300), () => Finish(fare));
    }

    private void Finish(TripFare fare)
    {
        Meter.Stopped();
        Meter.Finish(fare);
        world.Tally.Trips++;
        if (Chance.Of(world.Recipe.Voids))
        {
            world.Tally.Count(FaultKind.VoidAfterFare);
            Later(Chance.Of(0.5) ? Chance.Seconds(0, 60) : Chance.Seconds(0, 1800), () => Meter.Void(fare.Key));
        }

        if (Chance.Of(0.02))
        {
            world.Tally.Count(FaultKind.FareConflicts);
            Later(Chance.Seconds(1, 60), () => Meter.Finish(fare with { Total = fare.Total + 100, Fare = fare.Fare + 100 }));
        }

        if (Chance.Of(0.05))
            Later(Chance.Seconds(60, 1800), () => world.OrderRefund(fare));
        Later(world.Recipe.Busy ? Chance.Seconds(5, 60) : Chance.Seconds(120, 900), Ride);
    }

    private TripFare Fare(long total, string? booking)
    {
        var number = 1000 + _fares.Count;
        if (_fares.Count > 0 && Chance.Of(0.05))
        {
            // Another trip with a number that was there before: what tells them apart is the start.
            world.Tally.Count(FaultKind.NumberRecurs);
            number = 1000 + Chance.Between(0, _fares.Count);
        }

        var start = VirtualTime.Epoch + TimeSpan.FromTicks(world.Clock.Now);
        if (Chance.Of(0.02))
        {
            world.Tally.Count(FaultKind.FareOld);
            start -= TimeSpan.FromHours(30);
        }

        start += TimeSpan.FromSeconds(_fares.Count);
        var supplement = Chance.Of(0.3) && total > 5000 ? 1500L : 0;
        var tip = Chance.Of(0.2) && total > 5000 ? 1000L : 0;
        // Somebody else who names the same booking has its number, not its reservation.
        if (booking is null && _bookings > 0 && Chance.Of(0.03))
            booking = $"B-{Chance.Between(1, _bookings + 1)}";
        var fare = new TripFare(new TripKey(Meter.Id, $"{number}", MeterWords.Time(start)), total, "NOK")
        {
            Finish = MeterWords.Time(start + TimeSpan.FromMinutes(5)),
            Fare = total - supplement - tip,
            Supplement = supplement,
            Tip = tip,
            Phone = booking is null && Chance.Of(0.5) ? Number() : null,
            Booking = booking,
        };
        _fares.Add(fare);
        world.Judge.Expect(fare);
        return fare;
    }

    // Each of a day has its own, so that a screen's amount says whose it is; sums and differences of them do not meet.
    private long Total()
    {
        if (Chance.Of(0.02))
            return Chance.Pick(0, 50 + _planned);
        return 10_000 + Chance.Between(0, 500) * 100 + _planned;
    }

    private string Number() => $"4{Chance.Between(1_000_000, 9_999_999)}";
}
