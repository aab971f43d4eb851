using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

public sealed class AgentProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taxi-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_it_writes_goes_to_files_and_its_end_is_kept()
    {
        await using AgentProcess agent = Start("echo \"out $*\"; echo err >&2; exit 7");
        await agent.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.True(() => agent.Tail.Count == 2, "both lines");
        Assert.Equal(7, agent.ExitCode);
        Assert.Equal(["out run --config x y"], await File.ReadAllLinesAsync(agent.OutputFile));
        Assert.Equal(["err"], await File.ReadAllLinesAsync(agent.ErrorFile));
    }

    [Fact]
    public async Task Its_environment_has_nothing_of_ours()
    {
        await using AgentProcess agent = Start("env");
        await agent.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.True(() => agent.Tail.Any(line => line == "LANG=C.UTF-8"), "the environment");
        string[] allowed = ["PATH", "DOTNET_ROOT", "HOME", "TMPDIR", "LANG", "DOTNET_EnableDiagnostics", "PWD", "SHLVL", "_", "OLDPWD"];
        Assert.All(agent.Tail, line => Assert.Contains(line.Split('=')[0], allowed));
    }

    [Fact]
    public async Task SIGTERM_lets_it_end_by_itself()
    {
        await using AgentProcess agent = Start("trap 'echo bye; exit 0' TERM; echo up; while :; do read -t 1 < <(:) ; sleep 0.05; done");
        await Eventually.True(() => agent.Tail.Contains("up"), "its start");
        Assert.Equal(0, await agent.StopAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task SIGKILL_ends_it_and_what_it_started()
    {
        await using AgentProcess agent = Start("trap '' TERM; sleep 1000 & echo $!; wait");
        await Eventually.True(() => agent.Tail.Count == 1, "its child");
        int child = int.Parse(agent.Tail[0], System.Globalization.CultureInfo.InvariantCulture);
        await agent.KillAsync();
        Assert.Equal(137, agent.ExitCode);
        await Eventually.True(() => !Directory.Exists($"/proc/{child}") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z "), "the child's end");
    }

    [Fact]
    public async Task One_that_does_not_stop_in_time_is_told_by_null()
    {
        await using AgentProcess agent = Start("trap '' TERM; echo up; while :; do sleep 0.1; done");
        await Eventually.True(() => agent.Tail.Contains("up"), "its start");
        Assert.Null(await agent.StopAsync(TimeSpan.FromMilliseconds(200)));
    }

    [Fact]
    public async Task One_that_was_disposed_of_may_be_disposed_of_again()
    {
        AgentProcess agent = Start("sleep 1000");
        await agent.KillAsync();
        await agent.DisposeAsync();
        await agent.DisposeAsync();
    }

    [Fact]
    public void The_agent_built_with_the_simulator_is_found()
    {
        IReadOnlyList<string> command = AgentCommand.BuiltWithUs();
        Assert.Equal("taximeter-agent.dll", Path.GetFileName(command[1]));
        Assert.True(File.Exists(command[1]));
    }

    private AgentProcess Start(string script) =>
        AgentProcess.Start(["bash", "-c", script, "bash"], ["run", "--config", "x y"], _folder, Path.Combine(_folder, "agent-1"));
}
