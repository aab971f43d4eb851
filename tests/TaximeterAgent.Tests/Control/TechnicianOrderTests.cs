using System.Text.Json;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Tests.Outbox;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Control;

/// <summary>What a technician orders through the socket: a real engine over a real outbox.</summary>
public sealed class TechnicianOrderTests
{
    private const string Resolve = """{"as": "paid-otherwise", "note": "cash, customer 912 34 567 rang"}""";

    [Fact]
    public async Task A_held_trip_sends_nothing_until_it_is_released_and_says_so_everywhere()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();
        await Eventually(() => Task.FromResult(rig.Service.Calls.Count > 0));

        var (status, held) = await client.PostAsync("/v1/trips/1/hold", null);
        Assert.Equal((200, true, true), (status, held.GetProperty("held").GetBoolean(), held.GetProperty("new").GetBoolean()));
        Assert.Equal("technician", held.GetProperty("next").GetProperty("what").GetString());
        Assert.False((await client.PostAsync("/v1/trips/1/hold", "{}")).Body.GetProperty("new").GetBoolean());

        var calls = rig.Service.Calls.Count;
        rig.Service.Reachable = true;
        var trip = (await client.GetAsync("/v1/trips/1")).Body;
        Assert.Equal("with-technician", trip.GetProperty("phase").GetString());
        Assert.True(trip.GetProperty("summary").GetProperty("held").GetBoolean());
        Assert.Contains("uid", trip.GetProperty("history").EnumerateArray().Single(line => line.GetProperty("what").GetString() == "hold").GetProperty("text").GetString(), StringComparison.Ordinal);
        var report = (await client.GetAsync("/v1/status")).Body;
        Assert.Equal(1, report.GetProperty("trips").GetProperty("held").GetInt64());
        Assert.Contains(report.GetProperty("alarms").EnumerateArray(), alarm => alarm.GetProperty("text").GetString()!.Contains("outbox release", StringComparison.Ordinal));
        await Eventually(() => Task.FromResult(rig.Shown.Any(line => line.Contains("With technician", StringComparison.Ordinal))));
        Assert.Equal((422, "held"), Brief(await client.PostAsync("/v1/trips/1/retry", null)));
        Assert.Equal(calls, rig.Service.Calls.Count);

        Assert.False((await client.PostAsync("/v1/trips/1/release", null)).Body.GetProperty("held").GetBoolean());
        await Eventually(() => Task.FromResult(rig.Service.Calls.Count > calls));
        Assert.Equal(OperationKind.Query, rig.Service.Calls[calls].Kind);
    }

    [Fact]
    public async Task A_retry_moves_the_time_to_now_though_there_is_no_network()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();
        await Eventually(async () => (await client.GetAsync("/v1/outbox")).Body.GetProperty("operations").EnumerateArray().Any(o => o.TryGetProperty("inSeconds", out var left) && left.GetDouble() > 5));

        var calls = rig.Service.Calls.Count;
        var (status, retry) = await client.PostAsync("/v1/trips/1/retry", null);
        Assert.Equal((202, 1), (status, retry.GetProperty("moved").GetInt32()));
        await Eventually(() => Task.FromResult(rig.Service.Calls.Count > calls));
        Assert.Equal(0, (await client.PostAsync("/v1/outbox/retry", null)).Body.GetProperty("moved").GetInt32() / 2);
        Assert.Equal((400, "bad-request"), Brief(await client.PostAsync("/v1/outbox/retry", """{"trip": 1}""")));
    }

    [Fact]
    public async Task A_trip_that_was_paid_otherwise_is_refunded_in_full_and_closes_and_the_note_is_masked()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        using var client = await rig.StartAsync();

        var (status, resolved) = await client.PostAsync("/v1/trips/1/resolve", Resolve);
        Assert.Equal((202, true, false), (status, resolved.GetProperty("new").GetBoolean(), resolved.GetProperty("givenUp").GetBoolean()));
        Assert.Equal(34_500, Assert.Single(resolved.GetProperty("left").EnumerateArray()).GetProperty("amount").GetInt64());
        // A busy machine may say "busy": asked again.
        await Eventually(async () => (await client.GetAsync("/v1/trips/1")).Body.TryGetProperty("attempts", out var attempts) && attempts[0].GetProperty("refunded").GetInt64() == 34_500);

        var trip = (await client.GetAsync("/v1/trips/1")).Body;
        Assert.Equal("otherwise", trip.GetProperty("settled").GetString());
        var line = trip.GetProperty("history").EnumerateArray().Single(l => l.GetProperty("what").GetString() == "resolve").GetProperty("text").GetString();
        Assert.EndsWith("Note: cash, customer … rang", line, StringComparison.Ordinal);
        var again = (await client.PostAsync("/v1/trips/1/resolve", Resolve)).Body;
        Assert.False(again.GetProperty("new").GetBoolean());
        Assert.Empty(again.GetProperty("left").EnumerateArray());
        Assert.Equal(1, rig.Service.Calls.Count(call => call.Kind == OperationKind.Refund));
    }

    [Fact]
    public async Task What_is_given_up_is_named_in_the_answer_and_in_the_history()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();
        const string giveUp = """{"as": "paid-otherwise", "note": "the sales unit is gone", "giveUp": true}""";

        Assert.Equal((422, "not-resolved"), Brief(await client.PostAsync("/v1/trips/1/resolve", giveUp)));
        await client.PostAsync("/v1/trips/1/resolve", Resolve);
        (int Status, JsonElement Body) answer = default;
        await Eventually(async () => (answer = await client.PostAsync("/v1/trips/1/resolve", giveUp)).Status == 202);

        Assert.True(answer.Body.GetProperty("givenUp").GetBoolean());
        var left = Assert.Single(answer.Body.GetProperty("left").EnumerateArray());
        Assert.Equal((Examples.Reference(1).ToString(), "123456", 34_500L), (left.GetProperty("reference").GetString(), left.GetProperty("msn").GetString(), left.GetProperty("amount").GetInt64()));
        var trip = (await client.GetAsync("/v1/trips/1")).Body;
        Assert.False(trip.GetProperty("summary").GetProperty("open").GetBoolean());
        Assert.True(trip.GetProperty("summary").GetProperty("givenUp").GetBoolean());
        var line = trip.GetProperty("history").EnumerateArray().Single(l => l.GetProperty("what").GetString() == "give-up").GetProperty("text").GetString();
        Assert.Contains($"{Examples.Reference(1)}: it is not certain whether 345.00 NOK was asked for", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"as": "paid", "note": "x"}""")]
    [InlineData("""{"as": "paid-otherwise"}""")]
    [InlineData("""{"as": "paid-otherwise", "note": " "}""")]
    [InlineData("""{"as": "paid-otherwise", "note": "x", "giveup": true}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_resolve_that_does_not_say_what_and_why_is_refused(string body)
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        using var client = await rig.StartAsync();
        Assert.Equal((400, "bad-request"), Brief(await client.PostAsync("/v1/trips/1/resolve", body)));
        Assert.Empty(rig.Service.Calls);
    }

    [Fact]
    public async Task A_trip_of_which_nothing_is_due_cannot_be_held_nor_one_that_is_stopped()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []), (Examples.Open(2) with { Stopped = "captured 9 is more than the fare 8" }, []));
        using var client = await rig.StartAsync();
        Assert.Equal((422, "nothing-due"), Brief(await client.PostAsync("/v1/trips/1/hold", null)));
        Assert.Equal((422, "stopped"), Brief(await client.PostAsync("/v1/trips/2/hold", null)));
        Assert.Equal((422, "stopped"), Brief(await client.PostAsync("/v1/trips/2/retry", null)));
        Assert.Equal((404, "unknown-trip"), Brief(await client.PostAsync("/v1/trips/17/release", null)));
    }

    [Fact]
    public async Task While_the_disk_is_full_nothing_is_ordered()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();
        rig.NoRoom();
        Assert.Equal((503, "store-full"), Brief(await client.PostAsync("/v1/trips/1/hold", null)));
    }

    [Theory]
    [InlineData("cash, 345.00 NOK, trip 4711", "cash, 345.00 NOK, trip 4711")]
    [InlineData("rang +47 912 34 567 twice", "rang +… twice")]
    [InlineData("91234567", "…")]
    [InlineData("9-1-2-3-4-5-6-7", "…")]
    [InlineData("(912) 34.567", "(…")]
    [InlineData("key 3fd0a1b2c3d4e5f60718 was old", "key … was old")]
    [InlineData("two\nlines", "two?lines")]
    public void A_note_keeps_its_words_and_loses_numbers_and_keys(string note, string kept) => Assert.Equal(kept, TechnicianNote.Masked(note));

    [Fact]
    public void A_note_is_bounded() => Assert.True(TechnicianNote.Masked(new string('x', 10_000)).Length <= TechnicianNote.Maximum);

    private static (int Status, string? Error) Brief((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.TryGetProperty("error", out var error) ? error.GetString() : null);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds())
            await Task.Delay(20, patience.Token);
    }
}
