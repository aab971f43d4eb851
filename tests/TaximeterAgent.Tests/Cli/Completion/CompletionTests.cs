using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Completion;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Cli.Completion;

/// <summary>The scripts, and the one for bash in bash.</summary>
public sealed class CompletionTests : IDisposable
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "deploy", "completion");
    private readonly TestFiles _files = new();

    public static TheoryData<string> Shells => [.. CompletionCommand.Shells];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task The_script_in_deploy_is_the_one_that_the_command_prints(string shell)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(ExitCode.Ok, await CommandLine.InvokeAsync([CompletionCommand.Name, shell], (_, _, _, _) => throw new InvalidOperationException(), output, output));

        Assert.True(
            output.ToString() == File.ReadAllText(Path.Combine(s_folder, $"taximeter-agent.{shell}")),
            $"deploy/completion/taximeter-agent.{shell} is not what the code writes: dotnet run --project src/TaximeterAgent -- completion {shell} > {shell}, then put it there");
    }

    [Fact]
    public async Task Bash_knows_whose_words_they_are()
    {
        Assert.Equal("complete -F _taximeter_agent taximeter-agent\n", await BashAsync("complete -p taximeter-agent"));
    }

    [Theory]
    [InlineData("me", "meter")]
    [InlineData("meter ", "watch test replay learn")]
    [InlineData("meter w", "watch")]
    [InlineData("--config /x meter t", "test")]
    [InlineData("--config=/x meter t", "test")]
    [InlineData("meter watch --parity ", "even none odd")]
    [InlineData("meter watch --parity o", "odd")]
    [InlineData("meter watch --parity=o", "odd")]
    [InlineData("meter watch --parity odd --ba", "--baud")]
    [InlineData("trips --o", "--open")]
    [InlineData("completion z", "zsh")]
    [InlineData("completion zsh ", "")]
    [InlineData("trips --since ", "")]
    [InlineData("run no", "")]
    [InlineData("comp", "completion")]
    [InlineData("schema ", "")]
    public async Task Bash_completes_words_without_starting_the_program(string typed, string expected)
    {
        var started = Program($"touch '{_files.Path("started")}'");

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await CompleteAsync(typed));
        Assert.True(File.Exists(started) && !File.Exists(_files.Path("started")));
    }

    [Fact]
    public async Task Bash_offers_every_command_and_option()
    {
        foreach (var command in CommandNode.Of(CommandLine.Build((_, _, _, _) => throw new InvalidOperationException())).Everything)
        {
            var typed = command.Words.Length == 0 ? "" : command.Words + " ";
            if (command.Commands.Count > 0)
                Assert.Equal(command.Commands.Select(below => below.Name), await CompleteAsync(typed));
            var options = await CompleteAsync(typed + "--");
            Assert.All(command.Options, option => Assert.Contains(option.Name, options));
            Assert.Contains("--config", options);
        }
    }

    [Fact]
    public async Task Bash_completes_files_where_a_file_is_named()
    {
        var file = _files.Path("car.json");
        await File.WriteAllTextAsync(file, "{}");

        Assert.Equal([file], await CompleteAsync($"config check --config {file[..^3]}"));
    }

    [Fact]
    public async Task Trips_come_from_the_agent_that_the_line_names_and_are_not_read_by_the_shell()
    {
        Program($"""printf '%s\n' "$*" > '{_files.Path("asked")}'; printf '%s\n' 4711 4712 'blå bil $(touch {_files.Path("run")})' m/1/2026-11-03T11:31:00+01:00""");

        Assert.Equal(["4711", "4712"], await CompleteAsync("trip --socket /x 47"));
        Assert.Equal("complete trips --socket /x\n", await File.ReadAllTextAsync(_files.Path("asked")));
        Assert.Equal(["31:00+01:00"], await CompleteAsync("trip m/1/2026-11-03T11:"));
        Assert.Contains(await CompleteAsync("refund "), word => word.EndsWith("\\)", StringComparison.Ordinal) && word.Contains("\\$\\(touch", StringComparison.Ordinal));
        Assert.False(File.Exists(_files.Path("run")));
        Assert.Empty(await CompleteAsync("trip 4711 "));
    }

    [Fact]
    public async Task A_running_agents_trips_are_completed()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []), (Examples.Closed(22), []));
        (await rig.StartAsync()).Dispose();
        Program($"exec dotnet '{AgentProcess.Program}' \"$@\"");

        Assert.Equal(["22", "1"], await CompleteAsync($"trip --socket {rig.Socket} "));
        Assert.Empty(await CompleteAsync($"trip --socket {rig.Socket}.none "));
    }

    [Fact]
    public void A_number_that_two_trips_have_is_not_offered_for_either()
    {
        string[] ids = ["m/1/a", "m/1/b", "m/2/c"];
        var trips = ids.Select(id => new TaximeterAgent.Control.Wire.TripReport
        {
            Id = id, Trip = id.Split('/')[1], LearntAt = default, ChangedAt = default, Open = false, Unpaid = false, Failed = false, Currency = "NOK", Captured = 0, Refunded = 0, References = [],
        });

        Assert.Equal(["m/1/a", "m/1/b", "2"], CompleteCommand.Names([.. trips]));
    }

    // A program of that name, the first in PATH.
    private string Program(string does)
    {
        var file = _files.Path("taximeter-agent");
        File.WriteAllText(file, $"#!/bin/sh\n{does}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private async Task<string[]> CompleteAsync(string typed)
    {
        var answer = await BashAsync("COMP_LINE=\"taximeter-agent $1\" COMP_POINT=$((16 + ${#1})); _taximeter_agent; ((${#COMPREPLY[@]})) && printf '%s\\n' \"${COMPREPLY[@]}\"", typed);
        return answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string> BashAsync(string does, string typed = "")
    {
        var script = $"source '{s_folder}/taximeter-agent.bash'; {does}; true";
        var environment = new Dictionary<string, string> { ["PATH"] = $"{Path.GetDirectoryName(_files.Path("x"))}:{Environment.GetEnvironmentVariable("PATH")}", ["LC_ALL"] = "C.UTF-8" };
        using var bash = AgentProcess.StartCommand("bash", ["--norc", "-c", script, "bash", typed], environment);
        var (_, output, error) = await bash.EndAsync();
        Assert.Equal("", error);
        return output;
    }
}
