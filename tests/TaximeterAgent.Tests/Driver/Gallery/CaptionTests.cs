using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>docs/driver.md says what the keys do on each screen of a trip: a key that it names does something at the real desk, and one that it does not name does nothing.</summary>
public sealed class CaptionTests
{
    private static readonly Key[] s_digits = [.. Enumerable.Range(0, 10).Select(digit => Key.Digit0 + digit)];

    public static TheoryData<string> Phases => [.. Enum.GetNames<TripPhase>()];

    [Theory]
    [MemberData(nameof(Phases))]
    public void The_keys_that_a_phase_names_are_those_that_do_something(string name)
    {
        var phase = Enum.Parse<TripPhase>(name);
        var named = Captions.Of(phase).Keys.SelectMany(line => KeysIn(line.Key)).ToHashSet();
        foreach (var key in (Key[])[.. s_digits, Key.Clear, Key.Back])
        {
            var desk = new Desk(phase);
            Assert.Equal(Picture.Lines(desk.View, DisplaySize.Small, Home.English)[1], desk.Shown[1]);
            Assert.True(desk.Does(key) == named.Contains(key), $"{phase}: {key} {(named.Contains(key) ? "does nothing" : "does something")}");
        }
    }

    /// <summary>Enter is said once for all: where nothing is to be confirmed it opens the menu.</summary>
    [Theory]
    [MemberData(nameof(Phases))]
    public void Enter_opens_the_menu_unless_the_phase_names_it(string name)
    {
        var phase = Enum.Parse<TripPhase>(name);
        var named = Captions.Of(phase).Keys.SelectMany(line => KeysIn(line.Key)).Contains(Key.Enter);
        var desk = new Desk(phase);
        desk.Press(Key.Enter);
        Assert.Equal(!named, desk.Shown[0].EndsWith(Words.Of(Home.English.Language).Menu, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public void What_is_over_goes_away_with_enter_and_with_clear(string name)
    {
        var phase = Enum.Parse<TripPhase>(name);
        foreach (var key in phase.IsFinal() ? (Key[])[Key.Enter, Key.Clear] : [])
        {
            var desk = new Desk(phase);
            desk.Press(key);
            Assert.Equal(Words.Of(Home.English.Language).Ready, desk.Shown[0]);
        }
    }

    private static IEnumerable<Key> KeysIn(string text)
    {
        if (text.Contains("`0`–`9`", StringComparison.Ordinal))
            return text.Contains("`*`", StringComparison.Ordinal) ? [.. s_digits, Key.Clear] : s_digits;
        return text.Split(' ').Select(key => key switch
        {
            "`#`" => Key.Enter,
            "`*`" => Key.Clear,
            "`←`" => Key.Back,
            ['`', >= '0' and <= '9' and var digit, '`'] => Key.Digit0 + (digit - '0'),
            _ => throw new FormatException($"'{key}' is no key."),
        });
    }

    /// <summary>The real desk before a real engine, whose store has one trip, in this phase. The payment service never answers, and no time passes.</summary>
    private sealed class Desk
    {
        private readonly Engine _engine;
        private readonly DriverDesk _desk;
        private readonly OneTrip _outbox;

        public Desk(TripPhase phase)
        {
            View = Exhibits.View(Home.English, phase) with { Now = DateTimeOffset.UnixEpoch };
            var time = new ManualTime();
            _outbox = new OneTrip(TripExamples.Of(phase, Home.English));
            _engine = new Engine(
                new EngineParts
                {
                    Outbox = _outbox,
                    Time = time,
                    Ids = new RandomIds(),
                    Calls = new Silence(),
                    Policy = new PaymentPolicy { Prefix = "taxi", Car = "NO4711", SalesUnit = Examples.SalesUnit },
                    Dispatch = new DispatchOptions(),
                    Meter = new TfpOptions { Agent = "NO4711", Version = "0", Currency = Currency.NOK, Home = Home.English.Country },
                    WriteLine = _ => { },
                    Log = NullLogger.Instance,
                },
                () => { });
            _desk = new DriverDesk(_engine, () => View.Car, time, Home.English.Language, Home.English.Country, _ => { });
            _engine.Start();
            _engine.Drain();
        }

        public ScreenView View { get; }

        public IReadOnlyList<string> Shown => _desk.Shown;

        /// <summary>True if it changes what is shown or stored.</summary>
        public bool Does(Key key)
        {
            var before = string.Join('|', Shown);
            _outbox.Changed = false;
            Press(key);
            return _outbox.Changed || string.Join('|', Shown) != before;
        }

        public void Press(Key key)
        {
            _engine.Post(() => _desk.Press(key));
            _engine.Drain();
        }
    }

    private sealed class OneTrip(TripState state) : IOutbox
    {
        public bool Changed { get; set; }

        public void Commit(OutboxBatch batch) => Changed |= batch.Trips.Count > 0 || batch.Settings.Count > 0;

        public IReadOnlyList<KnownIdentity> FindByCheck(uint check) => [];

        public KnownIdentity? Find(Identity identity) => null;

        public StoredTrip? Load(long key) => key == 1 ? new StoredTrip(1, state, [], []) : null;

        // Not taken up as after a start, which would have it read first: it is in the phase in which it is.
        public IReadOnlyList<StoredTrip> LoadOpen() => [];

        public long NextKey() => 2;

        // The trip that the display shows after a start.
        public string? Setting(string name) => name == "shown-trip" ? "1" : null;

        public void Dispose()
        {
        }
    }

    private sealed class Silence : IPaymentCalls
    {
        public ReadOnlyMemory<byte> Body(Operation operation, TripState state) => default;

        public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken) => new TaskCompletionSource<CallReport>().Task;
    }
}
