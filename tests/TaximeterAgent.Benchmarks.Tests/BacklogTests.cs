using System.Diagnostics;
using TaximeterAgent.Benchmarks.Backlog;
using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>What is counted and timed of a backlog.</summary>
public sealed class BacklogTests
{
    private const string Payment = "/epayment/v1/payments/taxi-1";

    [Fact]
    public void Calls_are_counted_from_the_first_request_to_the_last_answer_to_a_capture()
    {
        var count = new CallCount(captures: 2);
        Pass(count, "POST /accesstoken/get", 1, 2);
        foreach (var at in (long[])[10, 20])
        {
            Pass(count, "POST /epayment/v1/payments", at, at + 1);
            Pass(count, "GET " + Payment, at + 2, at + 3);
            Assert.False(count.Done.IsCompleted);
            Pass(count, $"POST {Payment}/capture", at + 4, at + 5);
        }

        Assert.True(count.Done.IsCompletedSuccessfully);
        Assert.Equal(6, count.Calls);
        Assert.Equal(0.015, count.Seconds, 9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_number_of_captures_that_is_wrong_gives_no_figure(int captures)
    {
        var count = new CallCount(captures: 2);
        for (var i = 0; i < captures; i++)
            Pass(count, $"POST {Payment}/capture", 1, 2);

        Assert.Throws<InvalidOperationException>(() => count.Seconds);
    }

    [Fact]
    public async Task The_real_agent_settles_what_it_stored_without_network_and_a_call_too_many_is_seen()
    {
        await using var car = await StoredTrips.CreateAsync(AgentCommand.BuiltWithUs(), trips: 3, TimeSpan.FromMilliseconds(1));

        Assert.True(await car.SettleAsync(CancellationToken.None) > 0);

        Assert.Equal(4, car.CallsPerTrip);
    }

    // In milliseconds.
    private static void Pass(CallCount count, string line, long arrived, long answered)
    {
        var request = new StampedRequest(line, arrived * Stopwatch.Frequency / 1000);
        count.Take(request);
        request.Answered = answered * Stopwatch.Frequency / 1000;
        count.Take(request);
    }
}
