using System.Text.Json.Nodes;

namespace TaximeterAgent.Board.Power;

/// <summary>A world's configuration, made the board's: real devices in place of the world's stand-ins, the keys as files of root's.</summary>
internal static class GuestConfiguration
{
    private static readonly (string Key, string File)[] Keys =
    [
        ("ClientId", "epayment-client-id"),
        ("ClientSecret", "epayment-client-secret"),
        ("SubscriptionKey", "epayment-subscription-key"),
    ];

    /// <summary>Writes what <c>/etc/taximeter-agent</c> has in it.</summary>
    /// <param name="configuration">The world's configuration, as JSON.</param>
    /// <param name="authority">Whom the service's certificate is from: a file of PEM.</param>
    /// <param name="folder">Empty; root's.</param>
    public static void Write(string configuration, string authority, string folder)
    {
        JsonObject root = JsonNode.Parse(configuration)!.AsObject();
        string credentials = Path.Combine(folder, "credentials");
        Directory.CreateDirectory(credentials, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        JsonObject payments = root["EPayment"]!.AsObject();
        foreach ((string key, string file) in Keys)
        {
            Put(Path.Combine(credentials, file), payments[key]!.GetValue<string>() + "\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            payments.Remove(key);
        }

        JsonObject meter = root["Meter"]!.AsObject();
        if (meter["Serial"] is JsonObject serial)
            serial["Port"] = "/dev/taximeter-meter";
        if (meter["Contacts"] is JsonObject contacts)
        {
            contacts.Remove("Fifo");
            contacts["Chip"] = "board-contacts";
            // The wires have resistors of their own: a chip's own would be stronger than a contact of gpio-sim's, which has one pull for both.
            contacts["Bias"] = "disabled";
        }

        JsonObject driver = root["Driver"]!.AsObject();
        foreach (string standIn in (string[])["KeypadDevice", "KeypadFifo", "DisplayDevice", "DisplayFifo"])
            driver.Remove(standIn);
        // The package's own places.
        root.Remove("Outbox");
        root.Remove("Control");
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Put(Path.Combine(folder, "config.json"), root.ToJsonString(), Readable);
        Put(Path.Combine(folder, "authority.pem"), File.ReadAllText(authority), Readable);
    }

    private static void Put(string path, string text, UnixFileMode mode)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
    }
}
