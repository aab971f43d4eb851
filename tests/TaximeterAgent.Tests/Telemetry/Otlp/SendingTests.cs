using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Traces;

namespace TaximeterAgent.Tests.Telemetry.Otlp;

/// <summary>What a real agent sends to a collector, and that payments do not care whether one is there.</summary>
public sealed class SendingTests
{
    [Fact]
    public async Task A_paid_trip_is_one_trace_from_the_frame_to_the_word_to_the_meter_and_the_metrics_come_too()
    {
        await using var car = await SentCar.CreateAsync();
        await using var collector = await OtlpReceiver.StartAsync(car.Port);
        var customer = car.World.NewCustomer();
        await car.World.SwitchOnAsync();
        var fare = await car.RideAsync(customer);
        await car.World.WaitAsync(() => collector.Spans.Any(span => span.IsRoot) && collector.Metrics.Any(metric => metric.Name == MetricTable.Trips.Name), "the trace and the metrics");

        var spans = collector.Spans;
        var root = Assert.Single(spans, span => span.IsRoot);
        Assert.Equal("trip", root.Name);
        Assert.All(spans, span => Assert.Equal(root.Trace, span.Trace));
        Assert.Equal(("paid", "false"), (root.Says[MetricTable.Outcome.Name], root.Says[SpanTable.Resumed.Name]));
        Assert.Equal("NO-4711-T7", root.Resource["service.instance.id"]);

        // In the order in which they began: what came in is stored before anything is called, and the meter is told only what was captured and stored.
        var order = spans.Where(span => span.Name is not ("decide" or "commit" or "trip" or "query")).OrderBy(span => span.Start).Select(span => span.Name).ToList();
        Assert.Equal(["create", "post-receipt", "capture", "tell"], order);
        var fareStored = spans.First(span => span.Name == "decide" && span.Says[SpanTable.Inputs.Name].StartsWith("fare-received", StringComparison.Ordinal));
        Assert.True(fareStored.End <= spans.Single(span => span.Name == "create").Start);
        Assert.Contains(spans, span => span.Name == "commit" && span.Parent == fareStored.Id && span.Says[MetricTable.Sync.Name] == "true");
        Assert.True(spans.Single(span => span.Name == "capture").End <= spans.Single(span => span.Name == "tell").Start);
        Assert.All(spans.Where(span => !span.IsRoot && span.Name != "commit"), span => Assert.Equal(root.Id, span.Parent));
        Assert.All(spans, span => Assert.True(root.Start <= span.Start && span.Start <= span.End && span.End <= root.End, span.Name));
        var create = spans.Single(span => span.Name == "create");
        Assert.Equal((3, "127.0.0.1", "done"), (create.Kind, create.Says["server.address"], create.Says[MetricTable.Outcome.Name]));

        // What tells a person, a trip or a payment is in none of them; and the payment service is not told of the trace.
        string[] secret = [customer.National, fare.Key.Trip, car.World.Apis.Payments().Single().Reference, car.World.Apis.Credentials.ClientSecret];
        Assert.All(spans.SelectMany(span => span.Says.Values.Concat(span.Events)), value => Assert.All(secret, one => Assert.DoesNotContain(one, value, StringComparison.Ordinal)));
        Assert.Contains("POST", car.Wire, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", car.Wire, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(root.Trace, car.Wire, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(SentCar.Header, collector.Authorization);
        Assert.Equal(1, collector.Metrics.Last(metric => metric.Name == MetricTable.Trips.Name).Sum);
        Assert.Contains(collector.Metrics, metric => metric is { Scope: "System.Net.Http", Name: "http.client.request.duration" });
        Assert.Contains(collector.Metrics, metric => metric is { Scope: "System.Runtime", Name: "dotnet.process.cpu.time" });
        Assert.DoesNotContain(collector.Metrics, metric => metric.Labels.Contains("network.peer.address"));
        Assert.Equal(1, collector.Metrics.Last(metric => metric.Name == MetricTable.MeterHeard.Name).Sum);
        var sent = (await car.StatusAsync()).GetProperty("telemetry");
        Assert.True(sent.GetProperty("sent").GetInt64() > 0);
        Assert.False(sent.TryGetProperty("why", out _));
    }

    [Fact]
    public async Task Across_a_power_cut_it_is_the_same_trace()
    {
        await using var car = await SentCar.CreateAsync();
        await using var collector = await OtlpReceiver.StartAsync(car.Port);
        var customer = car.World.NewCustomer();
        await car.World.SwitchOnAsync();
        await car.World.DriveAsync();
        var fare = car.World.NewTrip();
        car.World.Meter.Finish(fare);
        await car.World.WaitForAcknowledgedAsync(fare);
        // The trip is open, its number not keyed yet: what was so far has been sent.
        await car.World.WaitAsync(() => collector.Spans.Any(span => span.Name == "decide"), "the first spans");
        await car.World.KillAgentAsync("the power is cut");
        await car.World.SwitchOnAsync();
        await Ride.KeyNumberAsync(car.World, fare, customer);
        await car.World.WaitForPaidAsync(fare);
        await car.World.WaitAsync(() => collector.Spans.Any(span => span.IsRoot), "the trip's span");

        var root = Assert.Single(collector.Spans, span => span.IsRoot);
        Assert.Equal(("paid", "true"), (root.Says[MetricTable.Outcome.Name], root.Says[SpanTable.Resumed.Name]));
        Assert.Equal(root.Trace, Assert.Single(collector.Spans.Select(span => span.Trace).Distinct()));
        // Of before the cut too.
        Assert.Contains(collector.Spans, span => span.Name == "decide" && span.Says[SpanTable.Inputs.Name].StartsWith("fare-received", StringComparison.Ordinal) && span.End < root.Start);
    }

    [Fact]
    public async Task A_collector_that_is_away_silent_or_refuses_is_told_once_and_what_it_missed_comes_when_it_is_back()
    {
        await using var car = await SentCar.CreateAsync();
        var customer = car.World.NewCustomer();
        await car.World.SwitchOnAsync();
        _ = await car.RideAsync(customer);
        await car.World.WaitAsync(() => Telemetry(car).GetProperty("failed").GetInt64() >= 3, "sendings that fail");
        Assert.Equal(1, CountInLog(car, "Metrics and traces do not reach"));
        Assert.False(car.World.AgentWrote(SentCar.Header), "the secret is in the log");

        await using var collector = await OtlpReceiver.StartAsync(car.Port);
        collector.Answers = StatusCodes.Status503ServiceUnavailable;
        await car.World.WaitAsync(() => Telemetry(car).GetProperty("why").GetString() == "it answers 503", "the refusal");
        Assert.Matches($@"telemetry\s+to http://127.0.0.1:{car.Port}/collector: 0 sent, \d+ failed, 0 dropped, it answers 503", await car.World.CommandAsync("status", "--all"));
        collector.Answers = 0;
        var asked = collector.Requests;
        await car.World.WaitAsync(() => collector.Requests > asked, "a sending that gets no answer");
        // Nothing waits for it.
        _ = await car.RideAsync(customer);
        collector.Answers = StatusCodes.Status200OK;
        await car.World.WaitAsync(() => collector.Spans.Count(span => span.IsRoot) == 2, "both trips");

        Assert.Equal(2, collector.Spans.Select(span => span.Trace).Distinct().Count());
        Assert.Equal(collector.Spans.Count, collector.Spans.Select(span => span.Id).Distinct().Count());
        Assert.Equal(0, Telemetry(car).GetProperty("dropped").GetInt64());
        await car.World.WaitAsync(() => car.World.AgentWrote("reach 127.0.0.1") && car.World.AgentWrote("again."), "the line that it is back");
    }

    [Fact]
    public async Task The_library_that_sends_is_loaded_only_where_there_is_somewhere_to_send_to()
    {
        await using var quiet = await SentCar.CreateAsync(sends: false);
        await quiet.World.SwitchOnAsync();
        _ = await quiet.RideAsync(quiet.World.NewCustomer());
        var status = await quiet.StatusAsync();
        using (var client = new Control.SocketClient(quiet.World.Places.ControlSocket))
            _ = await client.TextAsync("/metrics");
        Assert.Contains("taximeter-agent.dll", quiet.Mapped(), StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", quiet.Mapped(), StringComparison.Ordinal);
        Assert.DoesNotContain("RabbitMQ", quiet.Mapped(), StringComparison.Ordinal);
        Assert.False(status.TryGetProperty("telemetry", out _));

        await using var sending = await SentCar.CreateAsync();
        await using var collector = await OtlpReceiver.StartAsync(sending.Port);
        await sending.World.SwitchOnAsync();
        await sending.World.WaitAsync(() => collector.Metrics.Count > 0, "metrics");
        Assert.Contains("OpenTelemetry.dll", sending.Mapped(), StringComparison.Ordinal);
    }

    private static JsonElement Telemetry(SentCar car) => car.StatusAsync().GetAwaiter().GetResult().GetProperty("telemetry");

    private static int CountInLog(SentCar car, string text) =>
        Directory.EnumerateFiles(car.World.Places.Root, "agent-1*").Sum(file => File.ReadLines(file).Count(line => line.Contains(text, StringComparison.Ordinal)));
}
