using System.Text.Json;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What a run came to: one entry of the ledger file.</summary>
internal sealed record ScenarioLedger(JsonObject Entry)
{
    /// <summary>The last pictures on the display, oldest first; enough to see how a fare ended.</summary>
    private const int LastScreens = 20;

    public static ScenarioLedger Of(World world)
    {
        Evidence evidence = world.Evidence();
        MeterFacts meter = evidence.Meter;
        return new ScenarioLedger(new JsonObject
        {
            ["name"] = evidence.Name,
            ["payments"] = world.Apis.LedgerOfPayments(),
            ["meter"] = new JsonObject
            {
                ["acknowledged"] = Array(meter.Acknowledged, fare => Trip(fare.Key, ("total", fare.Total), ("cur", fare.Currency), ("phone", fare.Phone), ("booking", fare.Booking))),
                ["voided"] = Array(meter.Voided, voided => Trip(voided.Key, ("booking", voided.Booking))),
                ["paid"] = Array(meter.Paid, paid => Trip(paid.Key, ("amount", paid.Amount), ("ref", paid.Ref))),
                ["unpaid"] = Array(meter.Unpaid, unpaid => Trip(unpaid.Key, ("paid", unpaid.Paid), ("due", unpaid.Due), ("reason", unpaid.Reason), ("ref", unpaid.Ref))),
                ["refunded"] = Array(meter.Refunded, refunded => Trip(refunded.Key, ("amount", refunded.Amount), ("ref", refunded.Ref))),
            },
            ["display"] = Array(
                evidence.Screens.Where(screen => !screen.IsBlank).TakeLast(LastScreens),
                screen => new JsonArray([.. screen.Lines.Select(line => (JsonNode)JsonValue.Create(line))])),
            ["violations"] = Array(evidence.Violations, violation => JsonValue.Create(violation)),
        });
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode> node) => new([.. items.Select(node)]);

    private static JsonObject Trip(TripKey? key, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var trip = new JsonObject { ["meter"] = key?.Meter, ["trip"] = key?.Trip, ["start"] = key?.Start };
        foreach ((string name, JsonNode? value) in more)
            trip[name] = value;
        return trip;
    }
}

/// <summary><c>--ledger FILE</c>: all runs of a call.</summary>
internal static class LedgerFile
{
    public static Task WriteAsync(TextWriter writer, IEnumerable<ScenarioLedger> runs)
    {
        var file = new JsonObject { ["scenarios"] = new JsonArray([.. runs.Select(run => (JsonNode)run.Entry)]) };
        return writer.WriteLineAsync(file.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }
}
