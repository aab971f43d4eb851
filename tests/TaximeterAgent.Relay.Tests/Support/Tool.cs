using System.Text.Json.Nodes;
using TaximeterAgent.Relay.Cli;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>A command of <c>taximeter-relay</c> as a person runs it.</summary>
internal static class Tool
{
    /// <summary>Runs one with a configuration file.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string configuration, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.InvokeAsync([.. arguments, "--config", configuration], output, error);
        return (code, output.ToString().TrimEnd('\n'), error.ToString().TrimEnd('\n'));
    }

    /// <summary>Writes options as a configuration file.</summary>
    public static string Write(string path, RelayOptions options)
    {
        var json = new JsonObject
        {
            ["Listen"] = options.Listen,
            ["Broker"] = new JsonObject { ["Uri"] = options.Broker.Uri, ["User"] = options.Broker.User, ["Password"] = options.Broker.Password, ["CaFile"] = options.Broker.CaFile },
            ["Database"] = new JsonObject { ["ConnectionString"] = options.Database.ConnectionString },
            ["Webhooks"] = new JsonObject { ["SecretsDirectory"] = options.Webhooks.SecretsDirectory, ["PublicUrl"] = options.Webhooks.PublicUrl },
            ["EPayment"] = new JsonObject { ["BaseUrl"] = options.EPayment.BaseUrl, ["KeysFile"] = options.EPayment.KeysFile },
        };
        File.WriteAllText(path, json.ToJsonString());
        return path;
    }
}
