using System.CommandLine;

namespace TaximeterAgent.Cli.Describe;

/// <summary><c>taximeter-agent schema …</c>, for whoever changes a shape: writes docs/openapi.json and docs/command-output.schema.json.</summary>
internal static class SchemaCommand
{
    public static Command Build()
    {
        var openApi = new Command("openapi", "Writes the OpenAPI document of the control socket.");
        openApi.SetAction((parsed, stop) => WrittenPage.TellAsync(parsed, OpenApiDocument.Write, stop));
        var commands = new Command("commands", "Writes the JSON Schema of what the commands print with --json.");
        commands.SetAction((parsed, stop) => WrittenPage.TellAsync(parsed, CommandOutputDocument.Write, stop));
        return new Command("schema", "Writes the descriptions of the JSON shapes.") { openApi, commands }.Hide();
    }
}
