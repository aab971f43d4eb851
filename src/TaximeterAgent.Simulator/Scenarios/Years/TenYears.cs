using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios.Years;

/// <summary>
/// Ten years of one car within a minute or so: the real agent with the retention that it has by itself, a ride every six weeks or so, and a date that passes between them for the agent (libfaketime),
/// the payment service and the meter alike. It is switched off each winter, parked for a whole year, without a network for weeks, and once its clock loses its battery.
/// </summary>
internal static class TenYears
{
    /// <summary>From one ride to the next.</summary>
    public const int DaysBetween = 46;

    private const int RidesAYear = 8;
    private const int DaysOffline = 21;

    // A battery that is empty leaves anything.
    private const int FarAhead = 73 * 365;
    private const int FarBehind = -60 * 365;

    /// <summary>In this long the agent looks many times for what is too old.</summary>
    private static readonly TimeSpan LooksAround = TimeSpan.FromMilliseconds(700);

    public static IReadOnlyList<Scenario> All { get; } = [Of(new YearsPlan(Years: 10, Parked: 4, Offline: 6, Clock: 8))];

    /// <summary>The same with other years in it.</summary>
    public static PlayedScenario Of(YearsPlan plan) => new(
        "ten-years",
        "ten years pass: history and file are bounded, numbers are gone, trips are known for ever, and an old FARE sent again charges nobody (libfaketime)",
        world => PlayAsync(world, plan),
        options => Ride.Paced(pace => pace with
        {
            CustomerThinks = TimeSpan.FromMilliseconds(20),
            PollFirst = TimeSpan.FromMilliseconds(60),
            PollEvery = TimeSpan.FromMilliseconds(60),
            OfflineMaxAge = pace.Patience,
        })(options) with { Calendar = new WorldCalendar() });

    private static async Task<Expectation> PlayAsync(World world, YearsPlan plan)
    {
        var car = new Driven(world, world.Calendar, world.GiveClock());
        await car.BeginAsync();
        var ends = new List<StoreReading>();
        (StoreReading, StoreReading)? wrong = null;
        for (int year = 1; year <= plan.Years; year++)
        {
            if (year == plan.Parked)
            {
                await car.ParkAsync(RidesAYear * DaysBetween);
            }
            else if (year == plan.Offline)
            {
                await car.RideAsync(offlineFor: DaysOffline);
                await car.RidesAsync(RidesAYear - 1);
            }
            else if (year == plan.Clock)
            {
                await car.RidesAsync(RidesAYear / 2);
                wrong = await car.WrongClockAsync(FarAhead, FarBehind);
                await car.RidesAsync((RidesAYear / 2) - 1);
            }
            else
            {
                await car.RidesAsync(RidesAYear);
            }

            ends.Add(await car.WinterAsync(cut: year % 2 == 0));
        }

        return await car.EndAsync(ends, wrong!.Value, RidesAYear);
    }

    /// <summary>The car with its driver, over the years.</summary>
    private sealed class Driven(World world, WorldCalendar calendar, FakeClock clock)
    {
        private readonly List<PaidRide> _rides = [];
        private readonly List<ExpectedTrip> _expected = [];
        private readonly List<TripFare> _fares = [];
        private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);
        private int _clockAhead;

        public async Task BeginAsync()
        {
            // How often it looks for what is old is the only thing that is not as it is by itself.
            world.Reconfigure(root => root["Outbox"]!["UpkeepEvery"] = "00:00:00.100");
            await world.SwitchOnAsync();
        }

        public async Task RidesAsync(int count)
        {
            for (int ride = 0; ride < count; ride++)
                await RideAsync();
        }

        /// <summary>Six weeks pass, and somebody rides.</summary>
        public async Task RideAsync(int offlineFor = 0)
        {
            Pass(DaysBetween);
            Customer customer = NewCustomer();
            TripFare fare = world.NewTrip() with { Phone = customer.National };
            await world.DriveAsync();
            int shown = world.Display.History.Count;
            if (offlineFor > 0)
                world.Network.SwitchOff();
            world.Meter.Finish(fare);
            await world.WaitForAcknowledgedAsync(fare);
            if (offlineFor > 0)
            {
                await world.WaitAsync(() => world.Display.History.Skip(shown).Any(ScreenWords.Waits), "a screen that says that it waits for the network");
                for (int day = 0; day < offlineFor; day++)
                {
                    Pass(1);
                    await Task.Delay(LooksAround / offlineFor);
                }

                world.Network.SwitchOn();
            }

            await world.WaitForPaidAsync(fare);
            await world.WaitAsync(() => world.Display.History.Skip(shown).Any(FareScenarios.Paid.Matches), "a screen with PAID");
            world.Meter.ForHire();
            await world.WaitAsync(() => Steps.RequestsFor(world, fare).All(payment => payment.ReceiptTotal is not null), "the receipt");
            Paid(fare, customer);
        }

        /// <summary>The car is not used for so long, and nothing of it is on.</summary>
        public async Task ParkAsync(int days)
        {
            await OffAsync(cut: false);
            Pass(days);
            await OnAsync();
        }

        /// <summary>The agent is switched off, or its power is cut, and is on again a week later.</summary>
        /// <returns>What is in the store meanwhile.</returns>
        public async Task<StoreReading> WinterAsync(bool cut)
        {
            StoreReading reading = await OffAsync(cut);
            Pass(7);
            await OnAsync();
            return reading;
        }

        /// <summary>The clock stands far ahead while somebody rides, then far behind, and is put right with the next ride.</summary>
        public async Task<(StoreReading Before, StoreReading After)> WrongClockAsync(int ahead, int behind)
        {
            StoreReading before = await OffAsync(cut: false);
            world.Network.SwitchOff();
            SetClock(ahead);
            await OnAsync();
            await Task.Delay(LooksAround);
            world.Network.SwitchOn();
            await RideAsync();
            await OffAsync(cut: true);
            SetClock(behind);
            await OnAsync();
            await Task.Delay(LooksAround);
            StoreReading after = await OffAsync(cut: false);
            SetClock(0);
            await OnAsync();
            return (before, after);
        }

        public async Task<Expectation> EndAsync(IReadOnlyList<StoreReading> ends, (StoreReading, StoreReading) wrong, int firstYear)
        {
            await RideAsync();
            IReadOnlyList<string> Found() => StoreReading.Holding(world, _numbers);
            // It may be a while on a machine with much else to do.
            DateTimeOffset end = calendar.GetUtcNow() + (world.Pace.Patience / 4);
            while (Found().Count > 1 && calendar.GetUtcNow() < end)
                await Task.Delay(LooksAround);

            string before = Ledger();
            var again = new List<SaidAgain>();
            foreach (TripFare fare in _fares.Take(firstYear))
                again.Add(await SayAgainAsync("FARE", MeterWords.Fare(fare), expected: null));
            StoreReading last = await OffAsync(cut: false);
            IReadOnlyList<string> found = Found();
            IReadOnlyList<TripKey> forgotten = StoreReading.Unknown(world, _fares.Select(fare => fare.Key));
            await OnAsync();
            // Once more after a start, with what a meter must not say, and with what comes years too late.
            again.Add(await SayAgainAsync("FARE", MeterWords.Fare(_fares[0]), expected: null));
            again.Add(await SayAgainAsync("FARE", MeterWords.Fare(_fares[1] with { Total = _fares[1].Total + 100, Fare = _fares[1].Fare + 100 }), expected: "conflict"));
            again.Add(await SayAgainAsync("VOID", MeterWords.Void(_fares[2].Key, "cash"), expected: null));
            await Task.Delay(LooksAround);
            var evidence = new YearsEvidence
            {
                Ends = [.. ends, last],
                WrongClock = wrong,
                Rides = _rides,
                NumbersFound = found,
                Forgotten = forgotten,
                Again = again,
                Ledger = (before, Ledger()),
            };
            foreach (StoreReading reading in evidence.Ends)
            {
                world.Transcript.Say("store", string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{reading.At:yyyy-MM-dd}: {reading.Bytes} bytes, {reading.Lines} lines of history, {reading.Trips} trips, {reading.Identities} identities"));
            }

            string[] faults = [.. YearsRules.Judge(evidence)];
            if (faults.Length > 0)
                throw new ScenarioFailed(string.Join("; ", faults));
            return new Expectation { Trips = _expected, KeysPressed = false };
        }

        private async Task<StoreReading> OffAsync(bool cut)
        {
            await Task.Delay(LooksAround);
            if (cut)
            {
                await world.KillAgentAsync("the board loses its power");
                await OnAsync();
            }

            await world.StopAgentAsync();
            return StoreReading.Of(world, calendar.GetUtcNow());
        }

        private async Task OnAsync()
        {
            int hellos = world.Meter.AgentHellos;
            world.StartAgent();
            await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "the agent's HELLO to the meter");
        }

        private async Task<SaidAgain> SayAgainAsync(string type, string fields, string? expected)
        {
            string? sequence = null;
            string? answer = null;
            void Hear(LineFrame frame)
            {
                string[] parts = frame.Payload.Split('|');
                if (frame.FromMeter && parts[0] == type)
                    sequence = parts[1];
                else if (!frame.FromMeter && (parts[0] is "ACK" or "NAK") && parts[1] == sequence)
                    answer ??= frame.Payload;
            }

            world.Meter.FrameLogged += Hear;
            world.Meter.SayOnce(type, fields);
            await world.WaitAsync(() => answer is not null, $"the answer to a {type} that was said before");
            world.Meter.FrameLogged -= Hear;
            string? refusal = answer!.Split('|').Where(part => part.StartsWith("reason=", StringComparison.Ordinal)).Select(part => part["reason=".Length..]).FirstOrDefault();
            return new SaidAgain($"{type}|{fields}", answer.StartsWith("NAK|", StringComparison.Ordinal) ? refusal ?? "NAK" : null, expected);
        }

        private string Ledger()
        {
            IReadOnlyList<PaymentFacts> payments = world.Apis.Payments();
            return $"{payments.Count} payments, {payments.Sum(payment => payment.Captured)} captured, {payments.Sum(payment => payment.Refunded)} refunded";
        }

        private Customer NewCustomer()
        {
            Customer customer = world.NewCustomer();
            return _numbers.Add(customer.National) ? customer : NewCustomer();
        }

        private void Pass(int days)
        {
            calendar.Pass(days);
            SetClock(_clockAhead);
        }

        private void SetClock(int ahead)
        {
            _clockAhead = ahead;
            clock.Set(calendar.Days + ahead);
        }

        private void Paid(TripFare fare, Customer customer)
        {
            _fares.Add(fare);
            _rides.Add(new PaidRide(fare.Key, customer.National, calendar.GetUtcNow()));
            _expected.Add(Steps.Paid(fare, customer));
        }
    }
}

/// <summary>Which years there are. Each but the first and the last may have something of its own.</summary>
/// <param name="Years">How many; from the third on the store must have come to rest.</param>
/// <param name="Parked">In this one the car is not used at all; 0 for none.</param>
/// <param name="Offline">In this one there is no network for weeks while a fare waits; 0 for none.</param>
/// <param name="Clock">In this one the clock loses its battery.</param>
internal sealed record YearsPlan(int Years, int Parked, int Offline, int Clock);
