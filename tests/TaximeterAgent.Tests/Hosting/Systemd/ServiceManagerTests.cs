using System.Diagnostics;
using TaximeterAgent.Hosting.Systemd;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Tests.Hosting.Systemd;

/// <summary>What is said to systemd, over a real socket.</summary>
public sealed class ServiceManagerTests
{
    private const int Process = 4711;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_word_is_a_message_on_the_socket(bool isAbstract)
    {
        using var systemd = new ManagerSocket(isAbstract);
        using var manager = Of(new() { [NotifySocket.Variable] = systemd.Name });
        manager.Ready();
        manager.Status("1 open trip, online");
        manager.Alive();
        manager.Stopping();
        Assert.Equal(["READY=1", "STATUS=1 open trip, online", "WATCHDOG=1", "STOPPING=1"], systemd.Drain());
    }

    [Fact]
    public void A_status_that_stays_the_same_is_said_once_and_none_after_the_end_which_is_said_once_too()
    {
        using var systemd = new ManagerSocket();
        using var manager = Of(new() { [NotifySocket.Variable] = systemd.Name });
        manager.Status("0 open trips, online");
        manager.Status("0 open trips, online");
        manager.Status("0 open trips, no network");
        manager.Stopping();
        manager.Stopping();
        manager.Status("0 open trips, online");
        Assert.Equal(["STATUS=0 open trips, online", "STATUS=0 open trips, no network", "STOPPING=1"], systemd.Drain());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("relative")]
    [InlineData("/no/such/socket")]
    public void Without_a_socket_nothing_happens(string? name)
    {
        using var manager = Of(new() { [NotifySocket.Variable] = name });
        manager.Ready();
        manager.Alive();
        manager.Stopping();
    }

    [Fact]
    public void A_name_longer_than_any_socket_has_is_none()
    {
        using var manager = Of(new() { [NotifySocket.Variable] = "/" + new string('x', 200), [ServiceManager.WatchdogVariable] = "2000000" });
        manager.Ready();
        Assert.Null(manager.Watchdog);
    }

    [Fact]
    public void A_manager_that_reads_nothing_holds_nobody_up_and_hears_the_words_later()
    {
        using var systemd = new ManagerSocket();
        using var manager = Of(new() { [NotifySocket.Variable] = systemd.Name });
        for (var i = 0; i < 20_000; i++)
            manager.Alive();
        manager.Ready();
        manager.Status("1 open trip, online");
        Assert.True(systemd.Drain().Count > 0);
        manager.Alive();
        Assert.Equal(["READY=1\nSTATUS=1 open trip, online\nWATCHDOG=1"], systemd.Drain());
    }

    [Theory]
    [InlineData("60000000", null, 30.0)]
    [InlineData("60000000", "4711", 30.0)]
    [InlineData("60000000", "4712", null)]
    [InlineData("0", null, null)]
    [InlineData("", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void The_tick_is_wanted_after_half_of_the_time_and_only_of_the_process_that_is_meant(string? microseconds, string? process, double? seconds)
    {
        using var systemd = new ManagerSocket();
        using var manager = Of(new() { [NotifySocket.Variable] = systemd.Name, [ServiceManager.WatchdogVariable] = microseconds, [ServiceManager.WatchdogProcessVariable] = process });
        Assert.Equal(seconds, manager.Watchdog?.TotalSeconds);
    }

    [Fact]
    public void No_child_takes_itself_for_the_service()
    {
        using var systemd = new ManagerSocket();
        foreach (var (name, value) in systemd.Environment(TimeSpan.FromMinutes(1)))
            Environment.SetEnvironmentVariable(name, value);
        using var manager = ServiceManager.OfEnvironment();
        using var child = System.Diagnostics.Process.Start(new ProcessStartInfo("/usr/bin/env") { RedirectStandardOutput = true })!;
        Assert.DoesNotContain(child.StandardOutput.ReadToEnd().Split('\n'), line => line.StartsWith("NOTIFY_", StringComparison.Ordinal) || line.StartsWith("WATCHDOG_", StringComparison.Ordinal));
        manager.Ready();
        Assert.Equal(["READY=1"], systemd.Drain());
        Assert.Equal(TimeSpan.FromSeconds(30), manager.Watchdog);
    }

    [Fact]
    public void The_status_is_one_line_of_what_is_under_way_and_what_is_wrong()
    {
        Assert.Equal("0 open trips, online", StatusLine.Of(0, new CarStatus()));
        Assert.Equal(
            "1 open trip, no network, keys missing: nothing is requested, store full: no fare is taken, ignition off, no meter line",
            StatusLine.Of(1, new CarStatus { Online = false, SetUp = false, StoreWritable = false, Ignition = false, LineOpen = false }));
    }

    private static ServiceManager Of(Dictionary<string, string?> environment) => ServiceManager.Of(name => environment.GetValueOrDefault(name), Process);
}
