using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Printer;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Cli.Describe;

/// <summary>docs/command-output.schema.json says what the commands print with <c>--json</c>.</summary>
public sealed class CommandOutputTests : IDisposable
{
    private static readonly JsonElement s_document = JsonDocument.Parse(CommandOutputDocument.Write()).RootElement;

    // How each is called here, so that it prints: another command needs another line.
    private static readonly Dictionary<string, string> s_calls = new()
    {
        ["config check"] = "--config {config}",
        ["config explain"] = "Car:Id --config {config}",
        ["config show"] = "--config {config}",
        ["display test"] = "--socket {socket}",
        ["gpio watch"] = "--socket {socket}",
        ["keypad test"] = "--seconds 1 --socket {socket}",
        ["logs"] = "--config {config}",
        ["meter learn"] = "{print}",
        ["meter replay"] = "{capture} --config {config}",
        ["meter test"] = "--socket {socket}",
        ["meter watch"] = "--socket {socket}",
        ["network test"] = "--config {config}",
        ["outbox hold"] = "2 --yes --socket {socket}",
        ["outbox list"] = "--socket {socket}",
        ["outbox migrate"] = "--from sqlite --to litedb --config {config}",
        ["outbox quarantine"] = "--yes --config {config}",
        ["outbox release"] = "2 --yes --socket {socket}",
        ["outbox retry"] = "--all --yes --socket {socket}",
        ["pay test"] = "--amount 200 --phone 91234567 --yes --config {config}",
        ["printer test"] = "--socket {socket}",
        ["refund"] = "1 --yes --socket {socket}",
        ["resolve"] = "2 --as paid-otherwise --note cash --yes --socket {socket}",
        ["setup"] = "--from {config} --root {root} --yes",
        ["doctor"] = "--timeout 1 --socket {socket} --config {config}",
        ["status"] = "--socket {socket}",
        ["support-bundle"] = "--output {bundle} --config {config}",
        ["trip"] = "1 --socket {socket}",
        ["trips"] = "--socket {socket}",
    };

    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public CommandOutputTests()
    {
        // Nobody is there: what goes out is refused at once. The outbox is none.
        _configuration.With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"").With("Outbox:Directory", JsonSerializer.Serialize(_files.Path("outbox")));
        Directory.CreateDirectory(_files.Path("outbox"));
        Directory.CreateDirectory(_files.Path("root"));
        File.WriteAllText(_files.Path("outbox/outbox.db"), "no database");
        File.WriteAllText(_files.Path("capture"), """{"at":"2026-11-03T12:00:00+00:00","what":"frame","from":"meter","name":"PING","text":"PING|41","meaning":"heartbeat"}""" + "\n");
        File.WriteAllText(_files.Path("journalctl"), "#!/bin/sh\necho '{\"_PID\":\"812\",\"PRIORITY\":\"6\",\"__REALTIME_TIMESTAMP\":\"1762171200000000\",\"MESSAGE\":\"Engine: Resumed 0 open trips.\"}'\n");
        File.SetUnixFileMode(_files.Path("journalctl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose()
    {
        _files.Dispose();
        _configuration.Dispose();
    }

    // What prints only in an agent with LiteDB in it is held to its description there: CarryingOverTests.
    public static TheoryData<string> Commands => [.. CommandOutput.All.Select(output => output.Command).Where(command => command != "outbox migrate")];

    [Fact]
    public void The_document_in_docs_is_the_one_that_the_code_writes() =>
        Assert.True(
            CommandOutputDocument.Write() == File.ReadAllText(Path.Combine(Repository.Root, "docs", "command-output.schema.json")),
            "docs/command-output.schema.json is not what the code writes: dotnet run --project src/TaximeterAgent -- schema commands > schema.json, then put it there");

    [Fact]
    public void Every_command_with_json_has_its_shape_described_and_no_other()
    {
        var commands = CommandNode.Of(CommandLine.Build((_, _, _, _) => throw new InvalidOperationException())).Everything.Where(command => command.Options.Any(option => option.Name == "--json"));

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
            Printer = { Fitted = true, Prints = true, Device = new DeviceStatus(DeviceState.Open, "open"), Status = new PrinterStatus(PrinterState.Unknown) },
        };
        (await rig.StartAsync()).Dispose();
        var output = Assert.Single(CommandOutput.All, output => output.Command == command);
        using var agent = Start(command, rig.Socket);
        if (!output.Lines)
        {
            var (_, whole, error) = await agent.EndAsync();
            Assert.True(whole.Length > 0, error);
            Assert.Empty(Faults(command, whole));
            return;
        }

        Assert.Empty(Faults(command, await agent.OutputLineAsync()));
        if (output.Shape.Type != typeof(TaximeterAgent.Control.Wire.WatchReport))
            return;
        Assert.True(Enum.TryParse<WatchTopic>(command.Split(' ')[0], ignoreCase: true, out var topic));
        rig.Watch.Publish(topic, new WatchEvent("key") { Name = "digit", Value = "pressed", Text = "a key" });
        Assert.Empty(Faults(command, await agent.OutputLineAsync()));
        agent.Terminate();
        await agent.EndAsync();
    }

    [Fact]
    public async Task Without_an_agent_status_is_as_it_is_described_too()
    {
        using var agent = Start("status", _files.Path("none.sock"), "--config", _configuration.File);
        var (exitCode, output, _) = await agent.EndAsync();

        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.Empty(Faults("status", output));
    }

    [Fact]
    public void Another_commands_output_is_caught()
    {
        Assert.Equal(["$.passed is missing", "$.exitCode is missing", "$.lines is missing", "$.trips is not described"], Faults("meter test", """{"trips":[]}"""));
        Assert.NotEmpty(Faults("trips", """{"trips":[{}]}"""));
    }

    private AgentProcess Start(string command, string socket, params string[] more)
    {
        var call = s_calls[command].Replace("{socket}", socket, StringComparison.Ordinal).Replace("{config}", _configuration.File, StringComparison.Ordinal)
            .Replace("{capture}", _files.Path("capture"), StringComparison.Ordinal).Replace("{print}", Path.Combine(Repository.Root, "deploy", "receipts", "samples", "narrow-nb", "plain.bin"), StringComparison.Ordinal).Replace("{root}", _files.Path("root"), StringComparison.Ordinal).Replace("{bundle}", _files.Path("bundle.tar.gz"), StringComparison.Ordinal);
        var path = $"{Path.GetDirectoryName(_files.Path("journalctl"))}:{Environment.GetEnvironmentVariable("PATH")}";
        return AgentProcess.Start([.. command.Split(' '), .. call.Split(' '), "--json", .. more], new Dictionary<string, string> { ["PATH"] = path });
    }

    private static IReadOnlyList<string> Faults(string command, string printed) =>
        new SchemaCheck(s_document).Faults(s_document.GetProperty("properties").GetProperty(command), JsonDocument.Parse(printed).RootElement);
}
