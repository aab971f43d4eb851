using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Cli;
using TaximeterAgent.Hosting;
using TaximeterAgent.Hosting.Systemd;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Hosting.Systemd;

/// <summary>The agent as systemd sees it: a real process, or its real engine thread, and a real socket.</summary>
public sealed class NotifyProcessTests : IDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;

    /// <summary>Ticks come twice in this time.</summary>
    private static readonly TimeSpan s_watchdog = TimeSpan.FromSeconds(2);

    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();
    private readonly ManagerSocket _systemd = new();

    public NotifyProcessTests() => _configuration
        .With("Outbox:Directory", $"\"{_files.Path("outbox")}\"").With("Control:Socket", $"\"{_files.Path("control.sock")}\"").With("Meter:Serial:Port", $"\"{_files.Path("no-line")}\"")
        .With("Driver:Keypad", "\"none\"").With("Driver:Display", "\"none\"").With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"");

    public void Dispose()
    {
        _systemd.Dispose();
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task It_is_ready_without_a_network_ticks_while_idle_is_silent_while_frozen_and_says_when_it_stops()
    {
        using var agent = AgentProcess.Start(["run", "--config", _configuration.File], _systemd.Environment(s_watchdog));
        _systemd.Await("READY=1");
        _systemd.Await("WATCHDOG=1");
        _systemd.Await("WATCHDOG=1");

        agent.Signal(Stop);
        // A signal takes effect a moment later than it is sent.
        while (_systemd.Receive(TimeSpan.FromMilliseconds(300)) is not null)
        {
        }

        Assert.Null(_systemd.Receive(2 * s_watchdog));
        agent.Signal(Continue);
        _systemd.Await("WATCHDOG=1");

        agent.Terminate();
        _systemd.Await("STOPPING=1");
        Assert.Equal(ExitCode.Ok, (await agent.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Without_its_keys_it_starts_and_says_which_it_lacks()
    {
        // What the unit makes of a credential whose file is missing.
        _configuration.With("EPayment:ClientSecret", null).Credential("epayment-client-secret", "\n");
        var environment = _systemd.Environment(s_watchdog);
        foreach (var (name, value) in _configuration.Environment)
            environment[name] = value;
        using var agent = AgentProcess.Start(["run", "--config", _configuration.File], environment);
        _systemd.Await("READY=1");
        _systemd.Await("WATCHDOG=1");
        var status = await AgentProcess.RunAsync(["status", "--json", "--config", _configuration.File]);
        Assert.Contains("\"setup\"", status.Output, StringComparison.Ordinal);
        Assert.Contains("missing: EPayment:ClientSecret.", status.Output, StringComparison.Ordinal);
        agent.Terminate();
        var (exit, _, error) = await agent.EndAsync();
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("EPayment:ClientSecret is missing. Fares are stored and acknowledged", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_blocks_the_engines_thread_ends_the_ticks_and_they_begin_again_after_it()
    {
        var options = _configuration.Options();
        using var manager = ServiceManager.Of(name => _systemd.Environment(s_watchdog).GetValueOrDefault(name), Environment.ProcessId);
        using var lifetime = new ApplicationLifetimeOfTest();
        using var release = new ManualResetEventSlim();
        var parts = CarParts.Of(options, () => SqliteOutbox.Open(options.Outbox.Directory, TimeProvider.System), new TestService(), TimeProvider.System, NullLogger.Instance);
        using var engine = new EngineThread(parts, TimeProvider.System, lifetime.Lifetime, manager, NullLogger<EngineThread>.Instance);
        await engine.StartAsync(CancellationToken.None);
        _systemd.Await("READY=1");
        _systemd.Await("WATCHDOG=1");

        Assert.True(engine.Engine!.Post(release.Wait));
        while (_systemd.Receive(TimeSpan.FromMilliseconds(300)) is not null)
        {
        }

        Assert.Null(_systemd.Receive(2 * s_watchdog));
        release.Set();
        _systemd.Await("WATCHDOG=1");

        lifetime.Lifetime.StopApplication();
        await engine.StopAsync(CancellationToken.None);
        _systemd.Await("STOPPING=1");
    }

    private sealed class ApplicationLifetimeOfTest : IDisposable
    {
        public ApplicationLifetime Lifetime { get; } = new(NullLogger<ApplicationLifetime>.Instance);

        public void Dispose() => Lifetime.StopApplication();
    }
}
