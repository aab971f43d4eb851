using System.Globalization;

namespace TaximeterAgent.PowerCuts.Recording;

/// <summary>What the workload has said so far; it says it between its writes, so the record shows which write came after which word.</summary>
/// <param name="Acknowledged">The last step that somebody may rely on; -1 before even the empty store was opened.</param>
/// <param name="Begun">The last step that may be seen: no later one was begun.</param>
/// <param name="NewSchema">An agent that knows a schema more has begun to open it: from here on only such an agent opens it.</param>
internal sealed record Promise(int Acknowledged, int Begun, bool NewSchema)
{
    public static string Opening(bool newSchema) => newSchema ? "opening-new" : "opening";

    // What the store shows after a start the agent acts on: it answers a repeated fare from it without another commit. So it is acknowledged from here on.
    public static string Opened(int step) => string.Create(CultureInfo.InvariantCulture, $"opened {step}");

    public static string Begin(int step) => string.Create(CultureInfo.InvariantCulture, $"begin {step}");

    public static string Stored(int step) => string.Create(CultureInfo.InvariantCulture, $"stored {step}");

    public static string Synced(int step) => string.Create(CultureInfo.InvariantCulture, $"synced {step}");

    public Promise After(string marker)
    {
        var words = marker.Split(' ');
        var step = words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 0;
        return words[0] switch
        {
            "opening" => this,
            "opening-new" => this with { NewSchema = true },
            "opened" => this with { Acknowledged = step, Begun = step },
            "begin" => this with { Begun = Math.Max(Begun, step) },
            "stored" => this,
            "synced" => this with { Acknowledged = step },
            _ => throw new InvalidDataException($"'{marker}' is no word of the workload."),
        };
    }
}
