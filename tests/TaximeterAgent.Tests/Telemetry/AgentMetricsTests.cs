using TaximeterAgent.Telemetry.Metrics;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>What a real agent says of itself after two paid trips, beside what was seen of it from outside.</summary>
public sealed class AgentMetricsTests(PaidTrip trip) : IClassFixture<PaidTrip>
{
    [Fact]
    public void It_is_text_as_Prometheus_reads_it()
    {
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", trip.ContentType);
        Assert.Equal("NO-4711-T7", Assert.Single(trip.Read.Samples("target_info")).Labels["service_instance_id"]);
    }

    [Fact]
    public void The_trips_and_their_money_are_there_once_each()
    {
        Assert.Equal(2 * 34_500, trip.Captured);
        Assert.Equal(trip.Captured, trip.Read.Value("taximeter_payment_captured_total", ("taximeter_currency", "NOK")));
        Assert.Equal(2, trip.Read.Value("taximeter_fares_total", ("taximeter_currency", "NOK")));
        Assert.Equal(2, trip.Read.Value("taximeter_trips_total", ("taximeter_outcome", "paid")));
        foreach (var operation in new[] { "create", "capture", "post-receipt" })
            Assert.Equal(2, trip.Read.Value("taximeter_service_calls_total", ("taximeter_operation", operation), ("taximeter_outcome", "done")));
        Assert.Equal(["approval-to-paid", "fare-to-paid", "request-to-approval"], trip.Read.Samples("taximeter_payment_duration_seconds_count").Select(sample => sample.Labels["taximeter_stage"]));
        Assert.All(trip.Read.Samples("taximeter_payment_duration_seconds_count"), sample => Assert.Equal(2, sample.Value));
        Assert.All(trip.Read.Samples("taximeter_payment_duration_seconds_sum"), sample => Assert.InRange(sample.Value, 0.001, 120));
    }

    [Fact]
    public void The_line_the_devices_and_the_network_are_as_they_are()
    {
        Assert.True(trip.Read.Value("taximeter_meter_frames_total", ("taximeter_direction", "received")) >= 5);
        Assert.True(trip.Read.Value("taximeter_meter_frames_total", ("taximeter_direction", "sent")) >= 5);
        Assert.Equal((1, 1, 1, 1), (trip.Read.Value("taximeter_meter_heard"), trip.Read.Value("taximeter_network_online"), trip.Read.Value("taximeter_outbox_writable"), trip.Read.Value("taximeter_ignition_on")));
        var open = trip.Read.Samples("taximeter_device_state").Where(sample => sample.Value == 1 && sample.Labels["taximeter_state"] == "open").Select(sample => sample.Labels["taximeter_device"]);
        Assert.Equal(["display", "ignition", "keypad", "meter", "printer"], open.Order());
        Assert.Equal(1, trip.Read.Value("taximeter_webhooks_total", ("taximeter_outcome", "forged")));
        Assert.InRange(trip.Read.Value("taximeter_clock_skew_seconds"), -3, 3);
    }

    [Fact]
    public void The_HTTP_client_and_the_runtime_tell_of_themselves_by_their_standard_names()
    {
        var creates = trip.Read.Samples("http_client_request_duration_seconds_count").Where(sample => sample.Labels["http_request_method"] == "POST" && sample.Labels["http_response_status_code"] == "201");
        Assert.Equal("127.0.0.1", Assert.Single(creates.Select(sample => sample.Labels["server_address"]).Distinct()));
        Assert.True(trip.Read.Value("dotnet_process_memory_working_set_bytes") > 1_000_000);
    }

    [Fact]
    public void Every_metric_of_the_table_is_there_but_those_that_this_car_has_no_cause_for()
    {
        string[] without =
        [
            MetricTable.Unpaid.Name, MetricTable.Refunded.Name, MetricTable.RelayConnected.Name, MetricTable.RelayMessages.Name,
        ];
        Assert.Equal(without, MetricTable.All.Where(metric => !trip.Read.Families.ContainsKey(MetricsPageTests.Prometheus(metric))).Select(metric => metric.Name));
        Assert.All(MetricTable.All.Where(metric => !without.Contains(metric.Name)), metric =>
        {
            var family = trip.Read.Families[MetricsPageTests.Prometheus(metric)];
            Assert.Equal(metric.Kind.ToString().ToLowerInvariant(), family.Type);
            Assert.Equal(metric.Labels.Select(label => PrometheusLabel(label.Name)).Order(), family.Samples.SelectMany(sample => sample.Labels.Keys).Where(name => name != "le").Distinct().Order());
        });
    }

    [Fact]
    public void No_label_tells_a_customer_a_trip_a_payment_or_a_secret() => Assert.All(trip.Private, secret => Assert.DoesNotContain(secret, trip.Text, StringComparison.OrdinalIgnoreCase));

    private static string PrometheusLabel(string name) => TaximeterAgent.Telemetry.Prometheus.PrometheusName.Label(name);
}
