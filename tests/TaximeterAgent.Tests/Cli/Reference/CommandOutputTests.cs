using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Reference;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Reference;

/// <summary>docs/command-output.schema.json says what the commands print with <c>--json</c>.</summary>
public sealed class CommandOutputTests
{
    private static readonly JsonElement s_document = JsonDocument.Parse(CommandOutputDocument.Write()).RootElement;

    // How each is called here, so that it prints: another command needs another line.
    private static readonly Dictionary<string, string> s_calls = new()
    {
        ["display test"] = "",
        ["gpio watch"] = "",
        ["keypad test"] = "--seconds 1",
        ["meter test"] = "",
        ["meter watch"] = "",
        ["outbox list"] = "",
        ["refund"] = "1 --yes",
        ["status"] = "",
        ["trip"] = "1",
        ["trips"] = "",
    };

    public static TheoryData<string> Commands => [.. CommandOutput.All.Select(output => output.Command)];

    [Fact]
    public void The_document_in_docs_is_the_one_that_the_code_writes() =>
        Assert.True(
            CommandOutputDocument.Write() == File.ReadAllText(Path.Combine(Repository.Root, "docs", "command-output.schema.json")),
            "docs/command-output.schema.json is not what the code writes: dotnet run --project src/TaximeterAgent -- schema commands > schema.json, then put it there");

    [Fact]
    public void Every_command_with_json_has_its_shape_described_and_no_other()
    {
        var commands = CommandNode.Of(CommandLine.Build((_, _, _) => throw new InvalidOperationException())).Everything.Where(command => command.Options.Any(option => option.Name == "--json"));

        Assert.Equal(commands.Select(command => command.Words).Order(StringComparer.Ordinal), CommandOutput.All.Select(output => output.Command).Order(StringComparer.Ordinal));
        Assert.Equal(CommandOutput.All.Select(output => output.Command).Order(StringComparer.Ordinal), s_calls.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task What_a_command_really_prints_is_as_it_is_described(string command)
    {
        await using var rig = new EngineRig((Examples.Closed(1), [Examples.Line(1)]), (Examples.Open(2), [Examples.Line(2)]))
        {
            Display = new DeviceStatus(DeviceState.Open, "open"),
            Gpio = new DeviceStatus(DeviceState.Open, "open"),
        };
        (await rig.StartAsync()).Dispose();
        var output = Assert.Single(CommandOutput.All, output => output.Command == command);
        using var agent = AgentProcess.Start([.. command.Split(' '), .. s_calls[command].Split(' ', StringSplitOptions.RemoveEmptyEntries), "--json", "--socket", rig.Socket]);
        if (!output.Lines)
        {
            var (_, whole, error) = await agent.EndAsync();
            Assert.True(whole.Length > 0, error);
            Assert.Empty(Faults(command, whole));
            return;
        }

        Assert.Empty(Faults(command, await agent.OutputLineAsync()));
        Assert.True(Enum.TryParse<WatchTopic>(command.Split(' ')[0], ignoreCase: true, out var topic));
        rig.Watch.Publish(topic, new WatchEvent("key") { Name = "digit", Value = "pressed", Text = "a key" });
        Assert.Empty(Faults(command, await agent.OutputLineAsync()));
        agent.Terminate();
        await agent.EndAsync();
    }

    [Fact]
    public void Another_commands_output_is_caught()
    {
        Assert.Equal(["$.passed is missing", "$.exitCode is missing", "$.lines is missing", "$.trips is not described"], Faults("meter test", """{"trips":[]}"""));
        Assert.NotEmpty(Faults("trips", """{"trips":[{}]}"""));
    }

    private static IReadOnlyList<string> Faults(string command, string printed) =>
        new SchemaCheck(s_document).Faults(s_document.GetProperty("properties").GetProperty(command), JsonDocument.Parse(printed).RootElement);
}
