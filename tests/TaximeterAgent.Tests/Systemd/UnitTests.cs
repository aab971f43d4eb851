using TaximeterAgent.Configuration;

namespace TaximeterAgent.Tests.Systemd;

/// <summary>The service's unit: what the design asks of it, and what the installed systemd says of it.</summary>
public sealed class UnitTests : IDisposable
{
    /// <summary>What a service that needs devices and the Internet can come down to.</summary>
    private const double MostExposure = 1.5;

    /// <summary>Known to systemd 254 and later; an older one says that it passes over them, and does.</summary>
    private static readonly string[] s_newer = ["RestartSteps", "RestartMaxDelaySec"];

    private readonly UnitFile _unit = UnitFile.Read();

    public void Dispose() => _unit.Dispose();

    [Fact]
    public void Systemd_finds_nothing_wrong_with_it()
    {
        var (code, lines) = _unit.Verify();
        Assert.Equal(0, code);
        Assert.DoesNotContain(lines, line => line.Contains("taximeter-agent.service", StringComparison.Ordinal) && !s_newer.Any(key => line.Contains($"'{key}'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Restart=always", "Restart=allways")]
    [InlineData("WatchdogSec=60", "WatchdogSec=soon")]
    [InlineData("[Service]", "[Service]\nProtectSytem=strict")]
    [InlineData("SetCredential=driver-refund-pin:\\n", "SetCredential=driver-refund-pin:")]
    public void A_slip_in_it_is_found(string from, string to)
    {
        using var wrong = _unit.With(from, to);
        Assert.Contains(wrong.Verify().Lines, line => line.Contains("taximeter-agent.service", StringComparison.Ordinal) && !s_newer.Any(key => line.Contains($"'{key}'", StringComparison.Ordinal)));
    }

    [Fact]
    public void Its_exposure_is_low() => Assert.InRange(_unit.Exposure(), 0, MostExposure);

    [Theory]
    [InlineData("NoNewPrivileges")]
    [InlineData("CapabilityBoundingSet")]
    [InlineData("ProtectSystem")]
    [InlineData("ProtectHome")]
    [InlineData("PrivateTmp")]
    [InlineData("SystemCallFilter")]
    [InlineData("SystemCallArchitectures")]
    [InlineData("RestrictNamespaces")]
    [InlineData("RestrictAddressFamilies")]
    [InlineData("ProtectKernelModules")]
    [InlineData("ProtectProc")]
    [InlineData("User")]
    public void Without_one_of_its_locks_it_is_more_exposed(string key)
    {
        using var open = _unit.Without(key);
        Assert.True(open.Exposure() > MostExposure, $"{key} may go, and nobody would see it.");
    }

    [Theory]
    [InlineData("Type", "notify")]
    [InlineData("NotifyAccess", "main")]
    [InlineData("StartLimitIntervalSec", "0")]
    [InlineData("Restart", "always")]
    [InlineData("RestartPreventExitStatus", "78")]
    [InlineData("LimitCORE", "0")]
    [InlineData("User", "taximeter-agent")]
    [InlineData("StateDirectory", "taximeter-agent")]
    [InlineData("StateDirectoryMode", "0700")]
    [InlineData("RuntimeDirectory", "taximeter-agent")]
    [InlineData("RuntimeDirectoryMode", "0750")]
    [InlineData("DevicePolicy", "closed")]
    [InlineData("ProtectSystem", "strict")]
    public void The_design_asks_for(string key, string value) => Assert.Equal([value], _unit.Values(key));

    [Fact]
    public void It_does_not_wait_for_a_network()
    {
        string[] orders = [.. _unit.Values("After"), .. _unit.Values("Wants"), .. _unit.Values("Requires"), .. _unit.Values("BindsTo")];
        Assert.Contains(orders, line => line.Contains("local-fs.target", StringComparison.Ordinal) && line.Contains("udev", StringComparison.Ordinal));
        Assert.DoesNotContain(orders, line => line.Contains("network", StringComparison.Ordinal) || line.Contains("time-sync", StringComparison.Ordinal));
    }

    [Fact]
    public void The_runtime_gets_what_it_needs_and_no_diagnostics()
    {
        Assert.Contains("DOTNET_EnableDiagnostics=0", _unit.Values("Environment"));
        Assert.Contains("DOTNET_DbgEnableMiniDump=0", _unit.Values("Environment"));
        Assert.Empty(_unit.Values("MemoryDenyWriteExecute"));
        Assert.DoesNotContain(_unit.Values("SystemCallFilter"), line => line.StartsWith('~') && line.Contains("@resources", StringComparison.Ordinal));
        Assert.DoesNotContain(_unit.Values("SystemCallFilter"), line => line.StartsWith('~') && line.Contains("@ipc", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_secret_has_a_credential_and_one_that_stands_in_where_its_file_is_missing()
    {
        var names = Keys.All.Where(key => key.Secret).Select(key => key.Credential!).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(names.Select(name => $"{name}:/etc/taximeter-agent/credentials/{name}"), _unit.Values("LoadCredential").Order(StringComparer.Ordinal));
        Assert.Equal(names.Select(name => $"{name}:\\n"), _unit.Values("SetCredential").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("char-tty[A-Z]* rw")] // ttyS, ttyAMA and whatever else a board calls its ports
    [InlineData("char-188 rw")] // ttyUSB
    [InlineData("char-166 rw")] // ttyACM
    [InlineData("char-89 rw")] // I2C
    [InlineData("char-180 rw")] // USB printers
    [InlineData("char-input rw")]
    [InlineData("char-gpiochip rw")]
    [InlineData("char-misc w")] // /dev/lcd
    public void The_cars_devices_are_allowed(string device) => Assert.Contains(device, _unit.Values("DeviceAllow"));

    [Fact]
    public void The_control_socket_and_the_outbox_are_where_the_unit_makes_room_for_them()
    {
        Assert.Equal("/run/taximeter-agent/control.sock", Keys.ControlSocket.Default);
        Assert.Equal("/var/lib/taximeter-agent", Keys.OutboxDirectory.Default);
    }
}
