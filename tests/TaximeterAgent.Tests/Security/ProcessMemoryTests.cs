using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Security;

/// <summary>The agent's memory has keys and numbers in it: neither a crash nor another program of its user gets at it.</summary>
public sealed class ProcessMemoryTests : IDisposable
{
    private const uint Nobody = 65534;

    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public ProcessMemoryTests() => _configuration.With("Outbox:Directory", JsonSerializer.Serialize(_files.Path("outbox"))).With("Control:Socket", JsonSerializer.Serialize(_files.Path("control.sock")))
        .With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"").With("Driver:Keypad", "\"none\"").With("Driver:Display", "\"none\"").With("Driver:KeypadDevice", null).With("Driver:DisplayDevice", null);

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    [RootFact]
    public async Task What_the_kernel_tells_of_it_is_root_s_though_it_runs_as_another_user()
    {
        foreach (var place in (string[])[Path.GetDirectoryName(_configuration.File)!, _files.Path("")])
            Assert.Equal(0, (await RunAsync("chown", "-R", Nobody.ToString(CultureInfo.InvariantCulture), place)).Code);
        using var other = As(Nobody, "sleep", "60");
        using var agent = As(Nobody, "dotnet", AgentProcess.Program, "run", "--config", _configuration.File);
        await agent.ErrorLineAsync();

        // The owner of these files is the user only of a process whose memory may be had.
        Assert.Equal(Nobody, Owner(other.Id, "environ"));
        Assert.All((string[])["environ", "mem", "maps", "fd"], file => Assert.Equal(0u, Owner(agent.Id, file)));
        Assert.Equal($"{Nobody}", UserOf(agent.Id));
        Assert.NotEqual(0, (await RunAsync("setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "cat", $"/proc/{agent.Id}/environ")).Code);
        Assert.Equal(0, (await RunAsync("setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "cat", $"/proc/{other.Id}/environ")).Code);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(11)]
    public async Task A_crash_leaves_no_core_even_where_cores_are_asked_for(int signal)
    {
        // Where the kernel hands cores to a program, or lays them somewhere, there is no file here to look for.
        if (File.ReadAllText("/proc/sys/kernel/core_pattern")[0] is '|' or '/')
            return;
        using (var other = InShell("exec sleep 60"))
        {
            await IsAsync(other.Id, "sleep");
            await CrashAsync(other, signal);
        }

        Assert.NotEmpty(Cores());
        foreach (var core in Cores())
            File.Delete(core);

        using var agent = InShell($"exec dotnet {AgentProcess.Program} run --config {_configuration.File}");
        await agent.ErrorLineAsync();
        await CrashAsync(agent, signal);
        Assert.Empty(Cores());
    }

    [Fact]
    public async Task No_program_that_it_starts_is_given_its_keys()
    {
        var bin = Directory.CreateDirectory(_files.Path("bin")).FullName;
        File.WriteAllText(Path.Combine(bin, "journalctl"), $"#!/bin/sh\nenv > {bin}/given\n");
        File.SetUnixFileMode(Path.Combine(bin, "journalctl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}",
            ["TAXIMETER_EPayment__ClientSecret"] = "planted-variable-secret",
            ["CREDENTIALS_DIRECTORY"] = Directory.CreateDirectory(_files.Path("credentials")).FullName,
            ["NO_SECRET"] = "is given on",
        };

        await AgentProcess.RunAsync(["logs", "--config", _configuration.File], environment);

        var given = File.ReadAllText(Path.Combine(bin, "given"));
        Assert.Contains("NO_SECRET=is given on", given, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-variable-secret", given, StringComparison.Ordinal);
        Assert.DoesNotContain("CREDENTIALS_DIRECTORY", given, StringComparison.Ordinal);
    }

    private static async Task CrashAsync(AgentProcess process, int signal)
    {
        // The runtime takes one from outside for a mistake that will come again, and passes over it until it does.
        var end = process.EndAsync();
        for (var turn = 0; turn < 100 && !end.IsCompleted; turn++)
        {
            process.Signal(signal);
            await Task.WhenAny(end, Task.Delay(200));
        }

        Assert.Equal(128 + signal, (await end).ExitCode);
    }

    private AgentProcess InShell(string command) => AgentProcess.StartCommand("sh", ["-c", $"cd {_files.Path("")} && ulimit -c unlimited && {command}"]);

    private string[] Cores() => Directory.GetFiles(_files.Path(""), "core*");

    private static async Task IsAsync(int process, string name)
    {
        var begun = Stopwatch.StartNew();
        while (File.ReadAllText($"/proc/{process}/comm").Trim() != name)
        {
            Assert.True(begun.Elapsed < TimeSpan.FromMinutes(1), $"the shell did not become {name}");
            await Task.Delay(10);
        }
    }

    private static AgentProcess As(uint user, params string[] command) => AgentProcess.StartCommand("setpriv", [$"--reuid={user}", $"--regid={user}", "--clear-groups", .. command]);

    private static uint Owner(int process, string file) => PosixFiles.OwnerNumbers($"/proc/{process}/{file}")!.Value.User;

    private static string UserOf(int process) => File.ReadAllLines($"/proc/{process}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = AgentProcess.StartCommand(program, arguments);
        var (code, output, _) = await process.EndAsync();
        return (code, output);
    }
}
