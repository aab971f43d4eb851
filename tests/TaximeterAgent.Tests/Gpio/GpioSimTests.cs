using System.Collections.Concurrent;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Meter.Contacts;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>On a real kernel, with lines that <c>gpio-sim</c> makes up: the test pulls them as a wire would.</summary>
public sealed class GpioSimTests : IDisposable
{
    private const string Root = "/sys/kernel/config/gpio-sim";

    private readonly string _device = Path.Combine(Root, "taximeter-test");
    private readonly string _label = $"taximeter-{Environment.ProcessId}";

    public void Dispose()
    {
        if (!Directory.Exists(_device))
            return;
        File.WriteAllText(Path.Combine(_device, "live"), "0");
        Directory.Delete(Path.Combine(_device, "bank0", "line3"));
        Directory.Delete(Path.Combine(_device, "bank0"));
        Directory.Delete(_device);
    }

    [GpioSimFact]
    public void Edges_levels_names_and_holders_are_those_of_the_kernel()
    {
        Make();
        var told = new Told();
        using (var lines = new ContactLines(
            new LinePlan { Chip = _label, ActiveLow = false, Bias = LineBias.PullDown, Debounce = TimeSpan.FromMilliseconds(5) }, "2", "STOP", "", new GpioChips(), TimeProvider.System))
        {
            lines.Start(told);
            Assert.Equal(DeviceState.Open, told.Status().State);
            Assert.Equal(new ContactLevels(false, false, false), told.Next());
            Pull(2, up: true);
            Assert.Equal(new ContactLevels(true, false, false), told.Next());
            Pull(3, up: true);
            Assert.Equal(new ContactLevels(true, true, false), told.Next());

            var second = new Told();
            using var busy = new ContactLines(new LinePlan { Chip = _label }, "2", "STOP", "", new GpioChips(), TimeProvider.System);
            busy.Start(second);
            var status = second.Status();
            Assert.Equal(DeviceState.Busy, status.State);
            Assert.Contains("\"taximeter-agent\" holds line 2", status.Message, StringComparison.Ordinal);

            // The chip is pulled out.
            File.WriteAllText(Path.Combine(_device, "live"), "0");
            Assert.Equal(DeviceState.Lost, told.Status().State);
            File.WriteAllText(Path.Combine(_device, "live"), "1");
            while (told.Status().State != DeviceState.Open)
            {
            }
        }
    }

    private void Make()
    {
        Directory.CreateDirectory(Path.Combine(_device, "bank0", "line3"));
        File.WriteAllText(Path.Combine(_device, "bank0", "label"), _label);
        File.WriteAllText(Path.Combine(_device, "bank0", "num_lines"), "8");
        File.WriteAllText(Path.Combine(_device, "bank0", "line3", "name"), "STOP");
        File.WriteAllText(Path.Combine(_device, "live"), "1");
    }

    private void Pull(int line, bool up)
    {
        var device = File.ReadAllText(Path.Combine(_device, "dev_name")).Trim();
        var chip = File.ReadAllText(Path.Combine(_device, "bank0", "chip_name")).Trim();
        File.WriteAllText($"/sys/devices/platform/{device}/{chip}/sim_gpio{line}/pull", up ? "pull-up" : "pull-down");
    }

    private sealed class Told : IContactEvents
    {
        private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
        private readonly BlockingCollection<ContactLevels> _levels = [];
        private readonly BlockingCollection<DeviceStatus> _status = [];

        public void Moved(ContactLevels levels, bool seamless) => _levels.Add(levels);

        public void Changed(DeviceStatus status) => _status.Add(status);

        public ContactLevels Next() => _levels.TryTake(out var levels, s_patience) ? levels : throw new InvalidOperationException("No contact moved.");

        public DeviceStatus Status() => _status.TryTake(out var status, s_patience) ? status : throw new InvalidOperationException("Nothing was told of the lines.");
    }

    private sealed class GpioSimFactAttribute : FactAttribute
    {
        public GpioSimFactAttribute()
        {
            if (!Directory.Exists(Root))
                Skip = $"{Root} is not there: the kernel has no gpio-sim (modprobe gpio-sim, configfs mounted).";
            else if (!Environment.IsPrivilegedProcess)
                Skip = "Only root may make up lines with gpio-sim.";
        }
    }
}
