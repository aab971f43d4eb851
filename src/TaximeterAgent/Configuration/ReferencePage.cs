using System.Globalization;
using System.Text;

namespace TaximeterAgent.Configuration;

/// <summary>Writes <c>docs/configuration.md</c> from the keys. A test holds the file against it.</summary>
internal static class ReferencePage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $$"""
            # Configuration

            <!-- Written by `taximeter-agent config reference`; edit src/TaximeterAgent/Configuration/Keys.cs instead. -->

            Every command reads the same three sources. A later one wins, key by key:

            1. the JSON file that `--config FILE` names, by default `{{ConfigurationLoader.DefaultFile}}`;
            2. environment variables: `{{Keys.SerialPort.Name}}` is `{{Keys.SerialPort.Variable}}`; upper and lower case count;
            3. for the secrets, systemd credentials: the file with the credential's name in `$CREDENTIALS_DIRECTORY`, without its last line break; an empty one is none. Where
               that is not set, as in a shell, in the directory `credentials` beside the JSON file, where `taximeter-agent setup` writes them.

            `taximeter-agent config check` says what is wrong, one line per fault: which key, what was found, what is expected.
            With any fault the agent does not start; the exit code is 78. Unknown keys and unknown `{{EnvironmentSource.Prefix}}…` variables are
            faults too, so that a misspelled key is not a key left at its default.

            A secret that is nowhere is told in the same way, but the agent starts without it: it stores and acknowledges fares, says on the display, in `status` and in
            the log that it is not set up, and requests nothing. It takes its keys at its next start.

            The file is plain JSON: one object, no comments, no name twice, at most {{FileSource.Largest}} bytes. If it holds a secret,
            nobody but its owner may have access to it (`chmod 600`). Durations are texts `[d.]hh:mm:ss[.fff]`: `"00:00:05"` is five
            seconds, `"7.00:00:00"` a week. Amounts are whole numbers of minor units: `34500` is 345.00.

            The smallest file that starts:

            ```json
            {{SmallestFile}}
            ```

            Against anything but a loopback address these are the least, because the real service would refuse faster calls, and a
            customer could still approve what the agent holds for dead. Shorter ones are for simulators.

            {{Bullets(CrossKeyRules.LeastForTheRealService.Select(rule => $"`{rule.Key.Name}`: {Shown.Duration(rule.Least)}"))}}


            """);
        foreach (var section in Keys.All.GroupBy(key => key.Section))
            WriteSection(page, section.Key, section);
        return page.ToString().TrimEnd() + "\n";
    }

    /// <summary>An example with no more than the required keys; a test starts from it.</summary>
    public const string SmallestFile = """
        {
          "Car": { "Id": "NO-4711-T7", "Prefix": "taxi" },
          "EPayment": {
            "BaseUrl": "https://apitest.vipps.no",
            "MerchantSerialNumber": "123456",
            "ClientId": "put-the-client-id-here",
            "ClientSecret": "put-the-client-secret-here",
            "SubscriptionKey": "put-the-subscription-key-here"
          },
          "Meter": { "Serial": { "Port": "/dev/ttyUSB0" } }
        }
        """;

    private static string Bullets(IEnumerable<string> items) => string.Join('\n', items.Select(item => $"- {item}"));

    private static void WriteSection(StringBuilder page, string section, IEnumerable<ConfigurationKey> keys)
    {
        page.Append("## ").Append(section).Append("\n\n| key | default | unit | range | meaning |\n|---|---|---|---|---|\n");
        foreach (var key in keys)
        {
            page.Append("| `").Append(key.Name).Append("` | ").Append(Default(key)).Append(" | ").Append(Cell(key.Unit)).Append(" | ")
                .Append(Cell(key.Expected)).Append(" | ").Append(Cell(key.Description)).Append(Credential(key)).Append(" |\n");
        }

        page.Append('\n');
    }

    private static string Default(ConfigurationKey key) => key switch
    {
        { Required: true } => "**required**",
        { DefaultRule: { } rule } => rule,
        { Default: "" } => "empty",
        { Default: { } text } => $"`{text}`",
        _ => "none",
    };

    private static string Credential(ConfigurationKey key) => key.Secret ? $" Secret; credential `{key.Credential}`." : "";

    private static string Cell(string text) => text.Replace("|", "\\|");
}
