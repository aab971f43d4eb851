using System.Diagnostics.Metrics;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Prometheus;

namespace TaximeterAgent.Tests.Telemetry;

public sealed class CollectorTests : IDisposable
{
    private readonly System.Diagnostics.Metrics.Meter _meter = new(MetricTable.MeterName);
    private readonly Collector _collector;

    public CollectorTests() => _collector = new Collector(instrument => ReferenceEquals(instrument.Meter, _meter));

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void A_label_may_hold_anything()
    {
        const string Awkward = "a \"quoted\" \\ back\nslash";
        _meter.CreateCounter<long>("taximeter.things", "{thing}", "Things.\nOf \\ all kinds.").Add(2, new KeyValuePair<string, object?>("taximeter.what", Awkward));

        var read = Read();

        Assert.Equal(2, read.Value("taximeter_things_total", ("taximeter_what", Awkward)));
        Assert.Equal("counter", read.Families["taximeter_things_total"].Type);
    }

    [Fact]
    public void What_comes_to_a_counter_adds_up_whatever_the_order_of_its_labels()
    {
        var counter = _meter.CreateCounter<long>("taximeter.things");
        counter.Add(1, new KeyValuePair<string, object?>("a", "1"), new KeyValuePair<string, object?>("b", true));
        counter.Add(2, new KeyValuePair<string, object?>("b", true), new KeyValuePair<string, object?>("a", "1"));

        Assert.Equal(3, Read().Value("taximeter_things_total", ("a", "1"), ("b", "true")));
    }

    [Fact]
    public void A_gauge_is_what_it_was_said_last_and_what_goes_up_and_down_is_the_sum()
    {
        var gauge = _meter.CreateGauge<double>("taximeter.level", "s");
        gauge.Record(4);
        gauge.Record(2.5);
        var upDown = _meter.CreateUpDownCounter<int>("taximeter.queue");
        upDown.Add(3);
        upDown.Add(-1);

        var read = Read();

        Assert.Equal((2.5, 2), (read.Value("taximeter_level_seconds"), read.Value("taximeter_queue")));
        Assert.All(read.Families.Where(family => family.Key.StartsWith("taximeter", StringComparison.Ordinal)), family => Assert.Equal("gauge", family.Value.Type));
    }

    [Fact]
    public void A_histogram_has_the_buckets_that_it_was_made_with_and_a_value_on_a_bound_is_below_it()
    {
        var histogram = _meter.CreateHistogram<double>("taximeter.wait", "s", "Waits.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        foreach (var value in new[] { 0.1, 0.5, 1, 7 })
            histogram.Record(value);

        var read = Read();

        Assert.Equal([2, 3, 4], new[] { "0.5", "2", "+Inf" }.Select(bound => read.Value("taximeter_wait_seconds_bucket", ("le", bound))));
        Assert.Equal((4, 8.6), (read.Value("taximeter_wait_seconds_count"), read.Value("taximeter_wait_seconds_sum")));
    }

    [Fact]
    public void What_is_observed_is_told_as_it_is_now_and_not_as_it_was()
    {
        var states = new Dictionary<string, long> { ["open"] = 1, ["lost"] = 2 };
        _meter.CreateObservableGauge("taximeter.states", () => states.Select(state => new Measurement<long>(state.Value, new KeyValuePair<string, object?>("state", state.Key))));
        Assert.Equal(2, Read().Samples("taximeter_states").Count());
        states.Remove("open");
        states["lost"] = 5;

        var sample = Assert.Single(Read().Samples("taximeter_states"));

        Assert.Equal(("lost", 5), (sample.Labels["state"], sample.Value));
    }

    [Fact]
    public void Series_without_end_become_one()
    {
        var counter = _meter.CreateCounter<long>("taximeter.things");
        for (var index = 0; index < 3 * Family.SeriesMaximum; index++)
            counter.Add(1, new KeyValuePair<string, object?>("index", index));

        var read = Read();

        Assert.Equal(Family.SeriesMaximum + 1, read.Samples("taximeter_things_total").Count());
        Assert.Equal(2 * Family.SeriesMaximum, read.Value("taximeter_things_total", ("otel_metric_overflow", "true")));
    }

    [Fact]
    public void Another_agents_instruments_and_those_of_others_are_not_listened_to()
    {
        using var others = new System.Diagnostics.Metrics.Meter(MetricTable.MeterName);
        using var foreign = new System.Diagnostics.Metrics.Meter("Somebody.Else");
        var other = others.CreateCounter<long>("taximeter.others");
        var stranger = foreign.CreateCounter<long>("taximeter.strangers");

        Assert.False(other.Enabled);
        Assert.False(stranger.Enabled);
    }

    [Fact]
    public void The_process_has_its_own_by_the_runtime()
    {
        var read = Read();

        Assert.True(read.Value("dotnet_process_memory_working_set_bytes") > 1_000_000);
        Assert.True(read.Value("dotnet_process_cpu_time_seconds_total", ("cpu_mode", "user")) > 0);
        Assert.Equal("a\"car", Assert.Single(read.Samples("target_info")).Labels["service_instance_id"]);
    }

    [Theory]
    [InlineData("taximeter.payment.duration", "s", false, "taximeter_payment_duration_seconds")]
    [InlineData("taximeter.meter.io", "By", true, "taximeter_meter_io_bytes_total")]
    [InlineData("taximeter.trips", "{trip}", true, "taximeter_trips_total")]
    [InlineData("taximeter.network.online", "1", false, "taximeter_network_online")]
    [InlineData("taximeter.wait.seconds", "s", false, "taximeter_wait_seconds")]
    public void Names_are_as_OpenTelemetry_makes_them(string name, string unit, bool counter, string expected) => Assert.Equal(expected, PrometheusName.Of(name, unit, counter));

    private Exposition Read() => Exposition.Read(_collector.Write([new("service.instance.id", "a\"car")]));
}
