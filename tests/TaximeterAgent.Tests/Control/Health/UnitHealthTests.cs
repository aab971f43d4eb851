using TaximeterAgent.Cli.SystemTools;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Control.Health;

/// <summary>What is said while no agent answers.</summary>
public sealed class UnitHealthTests
{
    // As systemd 252 prints it, in its own order.
    private const string Failed = "Result=exit-code\nNRestarts=5\nExecMainStatus=78\nLoadState=loaded\nActiveState=failed\nSubState=failed";

    [Theory]
    [InlineData("loaded", "active", "running", "success", 0, "nothing answers", "taximeter-agent logs")]
    [InlineData("loaded", "inactive", "dead", "success", 0, "is stopped", "systemctl start")]
    [InlineData("loaded", "failed", "failed", "exit-code", 78, "exit code 78", "taximeter-agent config check")]
    [InlineData("loaded", "failed", "failed", "watchdog", 0, "watchdog", "taximeter-agent logs")]
    [InlineData("loaded", "activating", "auto-restart", "exit-code", 74, "3 times: exit code 74", "taximeter-agent logs")]
    [InlineData("loaded", "activating", "start", "success", 0, "being started", "wait")]
    [InlineData("loaded", "deactivating", "stop", "success", 0, "being stopped", "systemctl start")]
    [InlineData("not-found", "inactive", "dead", "success", 0, "does not know", "package")]
    [InlineData("masked", "inactive", "dead", "success", 0, "masked", "unmask")]
    public void The_service_is_red_and_says_what_systemd_knows(string load, string active, string sub, string result, int code, string why, string cure)
    {
        var grade = UnitHealth.Of(new UnitFacts(load, active, sub, result, code, 3), "/run/x.sock");
        Assert.Equal(Level.Red, grade.Level);
        Assert.Contains(why, grade.Why, StringComparison.Ordinal);
        Assert.Contains(cure, grade.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_systemd_the_socket_is_what_is_told() => Assert.Contains("/run/x.sock", UnitHealth.Of(null, "/run/x.sock").Why, StringComparison.Ordinal);

    [Fact]
    public void The_words_of_systemctl_show_are_read_in_any_order()
    {
        Assert.Equal(new UnitFacts("loaded", "failed", "failed", "exit-code", 78, 5), SystemdUnit.Read(Failed.Split('\n')));
        Assert.Null(SystemdUnit.Read(["", "no such thing"]));
    }

    [Fact]
    public void A_configuration_is_red_with_its_first_fault()
    {
        using var configuration = new TestConfiguration();
        Assert.Equal(Level.Green, ConfigurationHealth.Of(configuration.Load()).Level);
        configuration.With("Car:Id", "\"\"");
        var one = ConfigurationHealth.Of(configuration.Load());
        Assert.Equal(Level.Red, one.Level);
        Assert.StartsWith("Car:Id: found \"\"", one.Why, StringComparison.Ordinal);
        configuration.With("Car:Prefix", "\"\"");
        Assert.StartsWith("2 faults; the first: Car:Id", ConfigurationHealth.Of(configuration.Load()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_is_looked_for_and_not_opened()
    {
        using var terminal = new TestTerminal();
        Assert.Equal(Level.Unknown, DeviceFileHealth.Of(terminal.Path, "Meter:Serial:Port", "meter test").Level);
        var missing = DeviceFileHealth.Of("/dev/ttyUSB77", "Meter:Serial:Port", "meter test");
        Assert.Equal(Level.Red, missing.Level);
        Assert.Contains("not there", missing.Why, StringComparison.Ordinal);
        Assert.Equal(Level.Unknown, DeviceFileHealth.Of("name:Pad", "Driver:KeypadDevice", "keypad test").Level);
        Assert.Equal(Level.Green, DeviceFileHealth.Of("", "Driver:Keypad", "keypad test").Level);
    }

    [Fact]
    public void A_disk_is_measured_by_bytes_and_names()
    {
        using var files = new TestFiles();
        File.WriteAllBytes(files.Path("outbox.db"), new byte[5_000]);
        File.WriteAllBytes(files.Path("outbox.reserve"), new byte[9_000]);
        File.WriteAllBytes(files.Path("other"), new byte[7_000]);
        var disk = DiskSpace.Of(Path.GetDirectoryName(files.Path("outbox.db"))!);
        Assert.NotNull(disk);
        Assert.Equal(5_000, disk.OutboxBytes);
        Assert.Equal(9_000, disk.ReserveBytes);
        Assert.False(disk.ReadOnly);
        // Held against what .NET has from the same kernel, which changes while it is asked.
        var drive = new DriveInfo(disk.Directory);
        Assert.Equal(drive.TotalSize, disk.TotalBytes);
        Assert.InRange(disk.FreeBytes, drive.AvailableFreeSpace * 0.5, drive.AvailableFreeSpace * 2.0);
        Assert.True(disk.FreeInodes is null || disk.FreeInodes <= disk.TotalInodes);
        Assert.Null(DiskSpace.Of(files.Path("none")));
    }
}
