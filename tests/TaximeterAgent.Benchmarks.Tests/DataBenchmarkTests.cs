using TaximeterAgent.Benchmarks.Data;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>What is counted is what went over the wire, and each trip was settled with calls that are known.</summary>
public sealed class DataBenchmarkTests
{
    [Fact]
    public async Task A_trip_is_counted_with_its_token_in_every_call()
    {
        var count = await MeteredShift.RunAsync(AgentCommand.BuiltWithUs(), trips: 2, apart: false, CancellationToken.None);

        Assert.Equal(0, count.Connections);
        Assert.Equal(2, count.Calls["create"]);
        Assert.Equal(2, count.Calls["capture"]);
        Assert.Equal(2, count.Calls["postreceipt"]);
        Assert.DoesNotContain("token", count.Calls.Keys);
        // The token alone, in each of them; and no more than twice that, with the other headers and the bodies.
        var calls = count.Calls.Values.Sum();
        Assert.InRange(count.Sent, calls * 1_100, calls * 2_200);
        Assert.InRange(count.Received, calls * 100, calls * 2_200);
    }

    [Fact]
    public async Task A_trip_long_after_the_last_pays_for_a_connection_and_resumes_its_session()
    {
        var count = await MeteredShift.RunAsync(AgentCommand.BuiltWithUs(), trips: 1, apart: true, CancellationToken.None);

        Assert.Equal(1, count.Connections);
        // A whole handshake would bring the chain of certificates, of more than 2,500 bytes, besides the answers.
        Assert.InRange(count.Received, 1_000, 6_000);
    }

    [Fact]
    public async Task A_request_that_nobody_answers_is_followed_until_it_has_expired()
    {
        var count = await MeteredShift.UnansweredAsync(AgentCommand.BuiltWithUs(), CancellationToken.None);

        Assert.Equal(1, count.Calls["create"]);
        Assert.InRange(count.Calls["get"], 20, 180);
        Assert.DoesNotContain("capture", count.Calls.Keys);
    }

    [Theory]
    [InlineData(6_000, 4_000, "ok")]
    [InlineData(6_000, 4_010, "short")]
    public async Task More_than_the_goal_is_short(long sent, long received, string verdict)
    {
        using var output = new StringWriter();
        await DataBenchmark.TellAsync(new Measurements(quick: true, output), "data", 1_000, new DataCount(10, sent, received, 10, new Dictionary<string, int> { ["get"] = 40 }));
        Assert.EndsWith(" " + verdict, output.ToString().Split('\n')[0], StringComparison.Ordinal);
    }
}
