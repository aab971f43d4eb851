using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Prometheus;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>What is counted of a trip, from what is stored of it.</summary>
public sealed class TripMetricsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TripMetrics _metrics;
    private readonly AgentMeter _meter;
    private readonly Collector _collector;

    public TripMetricsTests()
    {
        _metrics = new TripMetrics(_time);
        var parts = new MeasuredParts(() => null, _time);
        _meter = new AgentMeter(parts, new FigureSource(parts), "1");
        _collector = new Collector(_meter.Owns);
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    private static readonly TripState s_paid = Examples.Closed(1);

    private static Attempt Paid => s_paid.Attempts[0];

    private static TripState Asked => s_paid with { Word = null, Attempts = [Paid with { State = PaymentState.Created, Existence = Existence.Exists, Authorized = 0, Captured = 0, Phone = Examples.Phone }] };

    private static TripState Approved => s_paid with { Word = null, Attempts = [Paid with { Existence = Existence.Exists, Captured = 0, Phone = Examples.Phone }] };

    [Fact]
    public void A_payment_is_counted_once_with_its_money_and_its_times()
    {
        _metrics.Use(_meter);
        var began = new TripState();
        var fare = new TripState { Trip = s_paid.Trip, Fare = s_paid.Fare };
        var unsent = fare with { Attempts = [Asked.Attempts[0] with { Existence = Existence.Unsent, State = PaymentState.None }] };

        Step(began, null, fare);
        _time.Advance(TimeSpan.FromSeconds(4));
        Step(fare, fare, unsent);
        Step(unsent, unsent, Asked);
        _time.Advance(TimeSpan.FromSeconds(9));
        Step(Asked, Asked, Approved);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Step(Approved, Approved, s_paid);
        Step(s_paid, s_paid, s_paid with { Word = s_paid.Word! with { Acknowledged = true } });

        var read = Read();
        Assert.Equal(1, read.Value("taximeter_fares_total", ("taximeter_currency", "NOK")));
        Assert.Equal(1, read.Value("taximeter_trips_total", ("taximeter_outcome", "paid")));
        Assert.Equal(34_500, read.Value("taximeter_payment_captured_total", ("taximeter_currency", "NOK")));
        Assert.Equal(
            [("approval-to-paid", 0.5), ("fare-to-paid", 13.5), ("request-to-approval", 9d)],
            read.Samples("taximeter_payment_duration_seconds_sum").Select(sample => (sample.Labels["taximeter_stage"], sample.Value)));
        Assert.Empty(read.Samples("taximeter_payment_refunded_total"));
    }

    [Fact]
    public void What_was_not_stored_is_not_counted()
    {
        _metrics.Use(_meter);
        _metrics.Decided(1, new Input.FareReceived(s_paid.Fare!) { At = Examples.Noon, Id = "1" }, new TripState(), s_paid);
        _metrics.Forgotten();

        Assert.Empty(Read().Samples("taximeter_trips_total"));
    }

    [Fact]
    public void Money_that_a_payment_had_when_it_was_found_was_counted_by_the_agent_that_captured_it()
    {
        _metrics.Use(_meter);
        var probing = s_paid with { Word = null, Attempts = [Paid with { Existence = Existence.Probing, State = PaymentState.None, Authorized = 0, Captured = 0 }] };
        Step(probing, probing, s_paid);
        Assert.Empty(Read().Samples("taximeter_payment_captured_total"));

        // What is given back from then on is this agent's doing.
        Step(s_paid, s_paid, s_paid with { Attempts = [Paid with { Refunded = 500 }] });
        Assert.Equal(500, Read().Value("taximeter_payment_refunded_total", ("taximeter_currency", "NOK")));
    }

    [Theory]
    [InlineData(SettledBy.Cash, "cash")]
    [InlineData(SettledBy.Void, "void")]
    [InlineData(SettledBy.Otherwise, "otherwise")]
    public void A_trip_that_was_settled_without_us_is_counted_as_that(SettledBy settled, string outcome)
    {
        _metrics.Use(_meter);
        Step(Asked, Asked, Asked with { Settled = settled });

        Assert.Equal(1, Read().Value("taximeter_trips_total", ("taximeter_outcome", outcome)));
    }

    [Fact]
    public void An_unpaid_trip_says_why_and_one_that_was_stopped_that_it_was()
    {
        _metrics.Use(_meter);
        Step(Asked, Asked, Asked with { Word = new Word(1, WordKind.Unpaid, Paid.Reference) { Amount = 0, Reason = UnpaidReason.Expired } });
        Step(Asked, Asked, Asked with { Stopped = "impossible" });

        var read = Read();
        Assert.Equal(1, read.Value("taximeter_trips_unpaid_total", ("taximeter_reason", "expired")));
        Assert.Equal(["stopped", "unpaid"], read.Samples("taximeter_trips_total").Select(sample => sample.Labels["taximeter_outcome"]));
    }

    [Fact]
    public void Calls_are_counted_by_what_came_of_them()
    {
        _metrics.Use(_meter);
        var query = Examples.Create(1) with { Operation = Examples.Create(1).Operation with { Kind = OperationKind.Query } };
        _metrics.Called(query, new CallReport(new TryOutcome.Read(new PaymentReading { State = PaymentState.Created })));
        _metrics.Called(query, new CallReport(new TryOutcome.Refused(Refusal.NotFound, "404")));
        _metrics.Called(query, new CallReport(new TryOutcome.Unknown("timeout"), Offline: true));

        var read = Read();
        Assert.Equal(2, read.Value("taximeter_service_calls_total", ("taximeter_operation", "query"), ("taximeter_outcome", "done")));
        Assert.Equal(1, read.Value("taximeter_service_calls_total", ("taximeter_operation", "query"), ("taximeter_outcome", "unreachable")));
    }

    [Fact]
    public void What_happens_before_anybody_listens_is_counted_once_somebody_does()
    {
        Step(Asked, Asked, Asked with { Settled = SettledBy.Cash });
        _metrics.Committed(new OutboxBatch { Sync = true }, _time.GetTimestamp());
        Assert.Empty(Read().Samples("taximeter_trips_total"));

        _metrics.Use(_meter);

        var read = Read();
        Assert.Equal(1, read.Value("taximeter_trips_total", ("taximeter_outcome", "cash")));
        Assert.Equal(1, read.Value("taximeter_outbox_commit_duration_seconds_count", ("taximeter_sync", "true")));
    }

    private Exposition Read() => Exposition.Read(_collector.Write([]));

    private void Step(TripState before, TripState? stored, TripState after)
    {
        _metrics.Decided(1, new Input.FareReceived(s_paid.Fare!) { At = Examples.Noon, Id = "1" }, before, after);
        _metrics.Stored(1, stored, after);
    }
}
