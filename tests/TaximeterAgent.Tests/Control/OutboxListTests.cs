using System.Text.Json;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Outbox;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Control;

/// <summary>What is still to be sent, as a technician sees it.</summary>
public sealed class OutboxListTests
{
    [Fact]
    public async Task A_trip_that_is_being_asked_for_is_listed_with_its_next_call_and_what_it_waits_for()
    {
        await using var rig = new EngineRig((Examples.Open(1), []), (Examples.Closed(2), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        JsonElement operation = default;
        await Eventually(async () =>
        {
            var operations = (await client.GetAsync("/v1/outbox")).Body.GetProperty("operations");
            operation = operations.EnumerateArray().FirstOrDefault(o => o.GetProperty("what").GetString() == "query");
            return operation.ValueKind == JsonValueKind.Object && operation.GetProperty("failures").GetInt32() > 0 && operation.GetProperty("waitsFor").GetString() == "network";
        });

        Assert.Equal(Examples.Trip(1).ToString(), operation.GetProperty("trip").GetString());
        Assert.Equal(Examples.Reference(1).ToString(), operation.GetProperty("reference").GetString());
        Assert.True(operation.GetProperty("inSeconds").GetDouble() >= 0);
    }

    [Fact]
    public void The_next_call_comes_first_and_one_on_its_way_before_all()
    {
        var trip = Examples.Open(1);
        QueuedOperation Queued(string id, QueueState state, int? seconds = null) => new(Examples.Create(1, id: id) with { StoredAt = Examples.Noon }, state, seconds is { } s ? TimeSpan.FromSeconds(s) : null);
        var list = OutboxListing.Of([(trip, [Queued("a", QueueState.Resting), Queued("b", QueueState.Planned, 60), Queued("c", QueueState.Planned, 0), Queued("d", QueueState.OnItsWay)])], Examples.Noon, running: true);

        Assert.Equal(["answer", "turn", "time", "reading"], list.Operations.Select(o => o.WaitsFor));
        Assert.Equal(Examples.Noon.AddMinutes(1), list.Operations[2].DueAt);
        Assert.All(list.Operations, o => Assert.Equal((34_500, "NOK"), (o.Amount, o.Currency)));
    }

    [Fact]
    public void Without_an_agent_stored_operations_are_listed_all_the_same()
    {
        var list = OutboxListing.Of([(Examples.Open(1), [new QueuedOperation(Examples.Create(1), QueueState.Resting)])], Examples.Noon, running: false);
        var operation = Assert.Single(list.Operations);
        Assert.Equal(("create", "agent", false), (operation.What, operation.WaitsFor, operation.Held));
        Assert.Null(operation.DueAt);
    }

    [Fact]
    public void A_stopped_trip_waits_for_a_technician()
    {
        var stopped = Examples.Open(1) with { Stopped = "captured 2, authorized 1" };
        var list = OutboxListing.Of([(stopped, [new QueuedOperation(Examples.Create(1), QueueState.Resting)])], Examples.Noon, running: true);
        Assert.Equal("technician", Assert.Single(list.Operations).WaitsFor);
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds())
            await Task.Delay(20, patience.Token);
    }
}
