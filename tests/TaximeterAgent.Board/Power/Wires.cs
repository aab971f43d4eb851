using System.Globalization;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Board.Power;

/// <summary>What is wired to the board, by the configuration of its world.</summary>
/// <param name="Line">The terminal at whose other end the meter is; null: the meter has none.</param>
/// <param name="Contacts">How the meter's contacts stand when the power comes, a bit for each line; null: it has none.</param>
/// <param name="Matrix">True: the keypad is bare keys at GPIO lines.</param>
internal sealed record Wires(string? Line, ulong? Contacts = null, bool Matrix = false)
{
    /// <summary>What the guest's programs are told of it.</summary>
    public string KernelWords => ((Contacts is { } closed ? string.Create(CultureInfo.InvariantCulture, $"board.contacts={closed} ") : "") + (Matrix ? "board.matrix" : "")).TrimEnd();

    /// <param name="configuration">The world's.</param>
    /// <param name="contacts">The stand-in for the contacts' chip; beside it is a file that says how they stand.</param>
    public static Wires Of(string configuration, string contacts)
    {
        JsonNode root = JsonNode.Parse(configuration)!;
        JsonNode meter = root["Meter"]!;
        return new Wires(
            meter["Serial"]?["Port"]?.GetValue<string>(),
            meter["Contacts"] is null ? null : ulong.Parse(File.ReadAllText(contacts + ".levels"), CultureInfo.InvariantCulture),
            root["Driver"]!["Keypad"]!.GetValue<string>() == "matrix");
    }
}
