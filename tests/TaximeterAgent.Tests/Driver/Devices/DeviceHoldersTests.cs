using System.Diagnostics;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices;

/// <summary>Who has a device open, by the kernel's word.</summary>
public sealed class DeviceHoldersTests
{
    [Fact]
    public async Task A_program_that_has_a_terminal_open_is_named_and_whoever_plays_its_far_end_is_not()
    {
        using var terminal = new TestTerminal();
        // As a simulator does: this process holds the far end and the near one.
        using var kept = File.Open(terminal.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.Empty(DeviceHolders.Besides(terminal.Path, 0));
        Assert.EndsWith($"(process {Environment.ProcessId})", Assert.Single(DeviceHolders.Of(terminal.Path)), StringComparison.Ordinal);

        using var console = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec 3<{terminal.Path}; echo open; exec sleep 100"]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("open", await console.StandardOutput.ReadLineAsync());
            var holder = Assert.Single(DeviceHolders.Besides(terminal.Path, 0));
            Assert.EndsWith($"(process {console.Id})", holder, StringComparison.Ordinal);
            Assert.Empty(DeviceHolders.Besides(terminal.Path, console.Id));
        }
        finally
        {
            console.Kill();
            await console.WaitForExitAsync();
        }
    }
}
