using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Benchmarks.Latency;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>The samples of the driver's key and of the customer's approval, with the real agent.</summary>
public sealed class OtherLatencyTests
{
    [Fact]
    public async Task The_confirming_key_begins_a_sample_that_its_own_request_ends()
    {
        await using var car = await BenchCar.CreateAsync("key-to-wire", BenchCar.AtOnce, AgentCommand.BuiltWithUs());
        await car.World.SwitchOnAsync();
        for (var trips = 1; trips <= 2; trips++)
        {
            var (begin, end) = await KeyToWireBenchmark.KeyAsync(car, CancellationToken.None);

            Assert.InRange(begin, 1, end - 1);
            Assert.Equal(trips, car.World.Apis.Payments().Count);
        }

        Assert.Empty(car.World.Violations());
    }

    [Fact]
    public async Task A_hint_brings_about_one_reading_one_receipt_one_capture_and_PAID()
    {
        var port = LoopbackPorts.Free();
        await using var car = await BenchCar.CreateAsync("approve-to-paid", ApproveToPaidBenchmark.Unhurried, AgentCommand.BuiltWithUs(), HintSender.Configure(port));
        car.World.Apis.Customers.Number("4791234567", CustomerPlan.DoesNothing);
        await car.World.SwitchOnAsync();
        using var hints = await HintSender.ConnectAsync(port, CancellationToken.None);
        await ApproveToPaidBenchmark.ApproveAsync(car, hints, CancellationToken.None);
        var calls = new List<string>();
        car.Wire.Passed += request =>
        {
            lock (calls)
            {
                if (request.Answered == 0 && ServiceCall.IsOfTrip(request.Line))
                    calls.Add(request.Line.Split('/') is [.., var last] && last.StartsWith("taxi-", StringComparison.Ordinal) ? request.Line.Split(' ')[0] : request.Line);
            }
        };

        var (begin, end) = await ApproveToPaidBenchmark.ApproveAsync(car, hints, CancellationToken.None);

        Assert.InRange(begin, 1, end - 1);
        lock (calls)
            Assert.Equal(4, calls.Count);
    }

    [Fact]
    public async Task A_hint_that_is_refused_is_no_sample()
    {
        var port = LoopbackPorts.Free();
        await using var car = await BenchCar.CreateAsync("approve-to-paid", ApproveToPaidBenchmark.Unhurried, AgentCommand.BuiltWithUs(), root =>
        {
            HintSender.Configure(port)(root);
            root["Webhooks"]!["Secret"] = "another-secret-than-the-senders";
        });
        await car.World.SwitchOnAsync();
        using var hints = await HintSender.ConnectAsync(port, CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => hints.SendAsync("taxi-NO4711T7-1-00000000-1", CancellationToken.None));
    }

    // A sender that does not connect anew waits for ever.
    [Fact(Timeout = 60_000)]
    public async Task A_hint_goes_out_though_the_listener_has_closed_what_was_idle()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var hints = await HintSender.ConnectAsync(((System.Net.IPEndPoint)listener.LocalEndpoint).Port, CancellationToken.None);
        foreach (var reference in (string[])["taxi-1", "taxi-2"])
        {
            var sending = Task.Run(() => hints.SendAsync(reference, CancellationToken.None));
            // Closed at the end of each turn.
            using var peer = await listener.AcceptSocketAsync();
            await peer.ReceiveAsync(new byte[4096]);
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await sending;
        }
    }
}
