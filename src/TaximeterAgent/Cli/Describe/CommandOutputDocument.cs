using System.Text.Json.Nodes;

namespace TaximeterAgent.Cli.Describe;

/// <summary>Writes docs/command-output.schema.json, JSON Schema 2020-12, from <see cref="CommandOutput.All"/>: a command's shape is at <c>#/properties/COMMAND</c>.</summary>
internal static class CommandOutputDocument
{
    public static string Write()
    {
        var schemas = new Schemas(DocComments.Load(), "#/$defs/");
        var commands = new JsonObject();
        foreach (var output in CommandOutput.All.OrderBy(output => output.Command, StringComparer.Ordinal))
        {
            var shape = schemas.Of(output.Shape);
            if (output.Alone is { } alone)
                shape = new JsonObject { ["description"] = "The second where no agent answers.", ["anyOf"] = new JsonArray(shape, schemas.Of(alone)) };
            if (output.Lines)
                shape.AsObject().Insert(0, "description", "A line of JSON for each event.");
            commands[output.Command] = shape;
        }

        return SchemaFile.Write(new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "What the commands of taximeter-agent print with --json",
            ["description"] = "Each property is a command's words, its schema what that command prints. Names and meanings do not change; new names may be added, so pass over what you do not know.",
            ["type"] = "object",
            ["properties"] = commands,
            ["$defs"] = schemas.Definitions(),
        });
    }
}
