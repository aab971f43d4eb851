using System.Globalization;
using TaximeterAgent.Cli;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Migrations;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Outbox.Older;

/// <summary>Outboxes as agents of older versions wrote them (<c>Fixtures/schema-N.sql</c>): what they hold is found, and goes on to its end.</summary>
public sealed class OlderOutboxTests : IDisposable
{
    // The fixture's trips have begun some minutes before.
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(12);

    private readonly TemporaryDirectory _directory = new();

    /// <summary>The versions before the present one.</summary>
    public static TheoryData<int> Versions => [.. Enumerable.Range(1, Schema.Migrations[^1].Version - 1)];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_older_schema_has_its_fixture(int version)
    {
        Assert.True(File.Exists(Fixture(version)), $"{Fixture(version)} is missing: docs/reliability.md says how the agent of that version writes it");
        Assert.Contains($"PRAGMA user_version={version};", File.ReadAllText(Fixture(version)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_trip_is_read_as_it_stood(int version)
    {
        using var outbox = SqliteOutbox.Open(Fill(version), new ToldClock(s_later));

        Assert.False(outbox.IsNew);
        foreach (var standing in Enum.GetValues<Standing>())
        {
            var trip = outbox.Load((long)standing);
            Assert.NotNull(trip);
            Assert.True(Standings.Are(standing, trip.State), $"{standing}: {trip.State} {string.Join(' ', trip.State.Attempts)}");
            if (trip.State.Fare is { } fare)
                Assert.Equal(ManyTrips.Fare(standing, known: standing != Standing.Asked), fare);
        }

        var open = outbox.LoadOpen().Select(trip => (Standing)trip.Key).ToList();
        Assert.Equal([Standing.Asked, Standing.CreateUnknown, Standing.Waiting, Standing.Capturing, Standing.Reserved, Standing.Unpaid, Standing.Untold, Standing.Offline], open);
        Assert.Equal((long)Enum.GetValues<Standing>().Max() + 1, outbox.NextKey());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_identity_is_known_so_that_no_repeat_is_taken_for_a_new_fare(int version)
    {
        using var outbox = SqliteOutbox.Open(Fill(version), new ToldClock(s_later));

        foreach (var standing in Enum.GetValues<Standing>().Where(standing => standing != Standing.Reserved))
        {
            var known = outbox.Find(Identity.OfTrip(Examples.Trip((int)standing)));
            Assert.Equal((long)standing, known?.Key);
            Assert.Equal(standing == Standing.VoidedUnseen ? 0 : Identity.ContentOf(ManyTrips.Fare(standing, known: standing != Standing.Asked)), known!.Content);
        }

        Assert.Equal((long)Standing.Reserved, outbox.Find(Identity.OfBooking(ManyTrips.BookingName))?.Key);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void What_was_to_be_sent_keeps_its_key_and_every_byte(int version)
    {
        var directory = Fill(version);
        var stored = Read(directory, "SELECT id || ' ' || trip_key || ' ' || kind || ' ' || hex(body) FROM operations ORDER BY number");

        using var outbox = SqliteOutbox.Open(directory, new ToldClock(s_later));

        var loaded = outbox.LoadOpen().SelectMany(trip => trip.Operations)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Operation.Id} {one.TripKey} {one.Operation.Kind} {Convert.ToHexString(one.Body.Span)}")).ToList();
        Assert.Equal(stored.Order(StringComparer.Ordinal), loaded.Order(StringComparer.Ordinal));
        Assert.Contains(loaded, line => line.Contains(" Create 7B", StringComparison.Ordinal));
        Assert.Contains(loaded, line => line.Contains(" Capture 7B", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void History_settings_and_timers_are_those_that_were_written(int version)
    {
        var directory = Fill(version);
        string[] tables = ["SELECT quote(id) || quote(trip_key) || quote(at) || actor || what || text || quote(reference) || quote(code) || quote(duration) FROM history ORDER BY id",
            "SELECT name || value FROM settings ORDER BY name", "SELECT trip_key || kind || reference || set_at || after FROM timers ORDER BY trip_key, kind, reference"];
        var before = tables.Select(table => Read(directory, table)).ToList();

        SqliteOutbox.Open(directory, new ToldClock(s_later)).Dispose();

        Assert.Equal(before, tables.Select(table => Read(directory, table)));
        Assert.All(before, rows => Assert.NotEmpty(rows));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_trip_goes_on_to_its_end_and_nothing_is_paid_twice(int version)
    {
        var directory = Fill(version);
        var offline = Assert.Single(Read(directory, $"SELECT id || ' ' || hex(body) FROM operations WHERE trip_key = {(long)Standing.Offline} AND kind = 'Create'"));
        var clock = new ToldClock(s_later);
        var payments = new ToldPayments(clock) { Willing = true };
        using var outbox = SqliteOutbox.Open(directory, clock);
        Remember(outbox, payments);
        using var trips = new ManyTrips(outbox, clock, payments, "b");

        trips.Pass(TimeSpan.FromMinutes(1));
        trips.Take(Standing.Asked, (at, id) => new Input.NumberConfirmed(Examples.Phone) { At = at, Id = id });
        trips.Meter(ManyTrips.Fare(Standing.Offline + 1, booking: ManyTrips.BookingName));
        trips.Meter(ManyTrips.Fare(Standing.Paid));
        trips.Pass(TimeSpan.FromMinutes(30));
        trips.Acknowledge();
        trips.Pass(TimeSpan.FromMinutes(30));

        var total = Examples.Fare().Total.MinorUnits;
        foreach (var standing in (Standing[])[Standing.Asked, Standing.CreateUnknown, Standing.Waiting, Standing.Capturing, Standing.Reserved, Standing.Untold, Standing.Offline])
        {
            var state = outbox.Load((long)standing)!.State;
            Assert.True(state is { Busy: false, Word: { Kind: WordKind.Paid, Acknowledged: true } } && state.Kept == total, $"{standing}: {state} {string.Join(' ', state.Attempts)}");
            Assert.Equal(total, payments.Find(Assert.Single(state.Attempts).Reference)!.Captured);
        }

        Assert.Equal(ManyTrips.Maximum - total, payments.Find(outbox.Load((long)Standing.Reserved)!.State.Attempts[0].Reference)!.Cancelled);
        // What was over is over: the meter said one of them again.
        Assert.DoesNotContain(payments.Calls, call => Over.Any(standing => call.Operation.Reference == Examples.Reference((int)standing)));
        // And what had never got through went out as it was stored.
        Assert.Contains(payments.Calls, call => $"{call.Operation.Id} {call.Body}" == offline);
        Assert.Equal((long)Standing.Offline + 1, outbox.NextKey());
    }

    private static IEnumerable<Standing> Over => [Standing.Paid, Standing.Refunded, Standing.Unpaid, Standing.Stopped, Standing.VoidedUnseen];

    // What the service of the fixture's agent has kept; what it never got it does not have.
    private static void Remember(SqliteOutbox outbox, ToldPayments payments)
    {
        foreach (var trip in outbox.LoadOpen())
        {
            foreach (var attempt in trip.State.Attempts.Where(attempt => attempt.Existence != Existence.Unsent))
            {
                var approved = (Standing)trip.Key is not Standing.Unpaid;
                payments.Has(attempt.Reference, new PaymentReading
                {
                    State = approved ? PaymentState.Authorized : PaymentState.Aborted,
                    Amount = attempt.Amount.MinorUnits,
                    Currency = attempt.Amount.Currency.ToString(),
                    Authorized = approved ? attempt.Amount.MinorUnits : 0,
                    Captured = (Standing)trip.Key is Standing.Capturing or Standing.Untold ? attempt.Amount.MinorUnits : 0,
                    Trip = attempt.Kind == AttemptKind.Request ? trip.State.Trip!.ToString() : null,
                    Booking = attempt.Kind == AttemptKind.Reservation ? trip.State.Booking!.Id : null,
                    Car = "EL12345",
                });
            }
        }
    }

    private static List<string> Read(string directory, string sql)
    {
        using var connection = OutboxConnection.OpenForWriting(Path.Combine(directory, "outbox.db"), create: false);
        return [.. OutboxDump.Read(connection, sql).Select(row => row[0])];
    }

    private static string Fixture(int version) =>
        Path.Combine(Repository.Root, "tests", "TaximeterAgent.Tests", "Outbox", "Fixtures", string.Create(CultureInfo.InvariantCulture, $"schema-{version}.sql"));

    private string Fill(int version)
    {
        var directory = _directory.At(string.Create(CultureInfo.InvariantCulture, $"schema-{version}"));
        Directory.CreateDirectory(directory);
        using var connection = OutboxConnection.OpenForWriting(Path.Combine(directory, "outbox.db"), create: true);
        Schema.Execute(connection, File.ReadAllText(Fixture(version)));
        return directory;
    }
}
