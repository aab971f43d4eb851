using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Fuzz;

/// <summary>Damages a JSON document without breaking its syntax: values of other types and at the edges, names missing, twice and changed, deep and wide.</summary>
internal static class JsonMutator
{
    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-0", "-1", "1.0", "1e2", "1E400", "0.5", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "99999999999999999999999999", "\"\"", "\"34500\"", "\"NOK\"", "\"nok\"", "\"NO\\u0000\"", "\"\\ud800\"", "\"\\u202e\"", "\"AUTHORIZED\"", "\"authorized\"", "[]", "{}", "[null]",
        "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "{\"value\":1}", "{\"value\":1,\"value\":2}", "{\"currency\":\"NOK\",\"value\":1}", "\"2026-11-20T10:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"-00:00:01\"", "\"99999.00:00:00\"", "\"/\"", "\"http://[::1]:65536\"", "\"https://\\u00e5.example\"",
    ];

    public static byte[] Mutate(Dice dice, string original, int most)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(original);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetBytes(original);
        }

        var text = new StringBuilder();
        var places = Count(root);
        var targets = Enumerable.Range(0, 1 + dice.Below(most)).Select(_ => dice.Below(places)).ToHashSet();
        var at = 0;
        Write(dice, root, text, targets, ref at);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static int Count(JsonNode? node) => 1 + node switch
    {
        JsonObject members => members.Sum(member => Count(member.Value)),
        JsonArray items => items.Sum(Count),
        _ => 0,
    };

    // By hand, because no writer lets a name be there twice or a number be too large.
    private static void Write(Dice dice, JsonNode? node, StringBuilder text, HashSet<int> targets, ref int at)
    {
        if (targets.Contains(at++))
        {
            at += Count(node) - 1;
            text.Append(dice.OneIn(30) ? Deep(dice) : dice.Of(s_values));
            return;
        }

        switch (node)
        {
            case JsonObject members:
                text.Append('{');
                var first = true;
                foreach (var (name, value) in members)
                {
                    var chance = dice.Below(60);
                    if (chance == 0)
                    {
                        at += Count(value);
                        continue;
                    }

                    if (!first)
                        text.Append(',');
                    first = false;
                    if (chance == 1)
                        text.Append(JsonSerializer.Serialize(name)).Append(':').Append(dice.Of(s_values)).Append(',');
                    text.Append(JsonSerializer.Serialize(chance == 2 ? Renamed(dice, name) : name)).Append(':');
                    Write(dice, value, text, targets, ref at);
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var index = 0; index < items.Count; index++)
                {
                    if (index > 0)
                        text.Append(',');
                    Write(dice, items[index], text, targets, ref at);
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static string Renamed(Dice dice, string name) => dice.Below(4) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name + " ",
        2 => name.Length > 0 ? name[..^1] : "x",
        _ => name + ":" + name,
    };

    private static string Deep(Dice dice)
    {
        var depth = dice.Of<int>([15, 16, 17, 64, 65, 1_000, 20_000]);
        return dice.OneIn(2) ? new string('[', depth) + new string(']', depth) : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }
}
