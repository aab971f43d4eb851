using System.Diagnostics;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Traces;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>The spans that are made of what happens to a trip.</summary>
public sealed class TripTracesTests : IDisposable
{
    private static readonly TripState s_paid = Examples.Closed(1);
    private static readonly TripState s_asked = s_paid with { Word = null, Attempts = [s_paid.Attempts[0] with { State = PaymentState.Created, Captured = 0 }] };

    private readonly ManualTime _time = new();
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public TripTracesTests()
    {
        // Only of this test's car: other tests have theirs.
        var mine = TraceName.Of(Car, s_asked)!.Value;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SpanTable.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == mine ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private string Car { get; } = $"car-{Guid.NewGuid()}";

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void A_call_that_failed_says_so_and_a_hint_is_an_event_of_the_trip()
    {
        using var traces = Begun();
        traces.Calling(Examples.Create(1));
        _time.Advance(TimeSpan.FromSeconds(2));
        traces.Called(Examples.Create(1), new CallReport(new TryOutcome.Unknown("timeout"), "503", Offline: false));
        traces.Decided(1, new Input.PaymentHint(s_paid.Attempts[0].Reference) { At = Examples.Noon, Id = "2" }, s_asked, s_asked);
        Pay(traces);

        var call = Assert.Single(_ended, span => span.OperationName == "create");
        Assert.Equal((ActivityStatusCode.Error, ActivityKind.Client, TimeSpan.FromSeconds(2)), (call.Status, call.Kind, call.Duration));
        Assert.Equal(("no-answer", 503), (call.GetTagItem(SpanTable.Error.Name), call.GetTagItem(SpanTable.Status.Name)));
        var trip = Assert.Single(_ended, span => span.OperationName == "trip");
        Assert.Equal(SpanTable.HintEvent, Assert.Single(trip.Events).Name);
        Assert.Equal("paid", trip.GetTagItem(MetricTable.Outcome.Name));
        Assert.Null(trip.GetTagItem(SpanTable.Unfinished.Name));
    }

    [Fact]
    public void No_span_is_current_while_the_engine_works()
    {
        using var traces = Begun();
        Assert.Null(Activity.Current);
        traces.Calling(Examples.Create(1));
        traces.Called(Examples.Create(1), new CallReport(new TryOutcome.Done()));
        Assert.Null(Activity.Current);
        Pay(traces);
        Assert.Null(Activity.Current);
        Assert.NotEmpty(_ended);
    }

    [Fact]
    public void What_happened_before_anybody_listened_is_told_with_its_own_times()
    {
        using var traces = new TripTraces(_time, Car, "1");
        var began = _time.GetUtcNow();
        Begin(traces);
        _time.Advance(TimeSpan.FromSeconds(3));
        Pay(traces);
        Assert.Empty(_ended);
        _time.Advance(TimeSpan.FromMinutes(1));

        traces.Use();

        var trip = Assert.Single(_ended, span => span.OperationName == "trip");
        Assert.Equal((began.UtcDateTime, TimeSpan.FromSeconds(3)), (trip.StartTimeUtc, trip.Duration));
        Assert.Equal(2, _ended.Count(span => span.OperationName == "commit"));
    }

    [Fact]
    public void At_the_agents_end_what_is_open_says_that_it_is_not_finished()
    {
        using var traces = Begun();
        traces.EndAll();

        var trip = Assert.Single(_ended, span => span.OperationName == "trip");
        Assert.Equal((true, null), (trip.GetTagItem(SpanTable.Unfinished.Name), trip.GetTagItem(MetricTable.Outcome.Name)));
    }

    [Fact]
    public void A_trips_trace_is_its_own_and_that_of_its_booking_whatever_is_known_of_it_later()
    {
        var booked = new TripState { Booking = new Booking("B-1", Examples.Phone, Currency.NOK, null) };
        Assert.Equal(TraceName.Of("taxi-1", booked), TraceName.Of("taxi-1", booked with { Trip = s_paid.Trip, Fare = s_paid.Fare }));
        Assert.Equal(TraceName.Of("taxi-1", s_asked), TraceName.Of("taxi-1", s_paid));
        Assert.NotEqual(TraceName.Of("taxi-1", s_paid), TraceName.Of("taxi-2", s_paid));
        Assert.NotEqual(TraceName.Of("taxi-1", s_paid), TraceName.Of("taxi-1", Examples.Closed(2)));
    }

    private TripTraces Begun()
    {
        var traces = new TripTraces(_time, Car, "1");
        traces.Use();
        Begin(traces);
        return traces;
    }

    private void Begin(TripTraces traces)
    {
        traces.Decided(1, new Input.FareReceived(s_paid.Fare!) { At = Examples.Noon, Id = "1" }, new TripState(), s_asked);
        traces.Committed(new OutboxBatch { Sync = true }, _time.GetTimestamp());
        traces.Stored(1, null, s_asked);
    }

    private void Pay(TripTraces traces)
    {
        traces.Committed(new OutboxBatch { Sync = true }, _time.GetTimestamp());
        traces.Stored(1, s_asked, s_paid);
    }
}
