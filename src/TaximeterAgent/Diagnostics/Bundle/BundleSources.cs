using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TaximeterAgent.Cli.Logs;
using TaximeterAgent.Cli.SystemTools;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Hosting;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Diagnostics.Bundle;

/// <summary>What the board itself has to tell: versions, devices, logs.</summary>
internal static class BundleSources
{
    private const int LogLines = 20_000;

    private const int KernelLines = 2_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly string[] s_devices = ["/dev/serial/by-id", "/dev/serial/by-path", "/dev/input/by-id", "/dev/input/by-path"];

    private static readonly string[] s_kinds = ["ttyS*", "ttyUSB*", "ttyACM*", "ttyAMA*", "i2c-*", "gpiochip*", "lcd*", "usb/lp*"];

    /// <summary>Names and values, a line each.</summary>
    public static string Versions(TimeProvider time)
    {
        var lines = new List<(string Name, string Value)>
        {
            ("made", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
            ("agent", Banner.Version),
            ("tables", Schema.Newest.ToString(CultureInfo.InvariantCulture)),
            ("runtime", RuntimeInformation.FrameworkDescription),
            ("architecture", RuntimeInformation.ProcessArchitecture.ToString()),
            ("sqlite", NativeSqlite.Version),
            ("kernel", Line("/proc/sys/kernel/osrelease")),
            ("system", Lines("/etc/os-release").FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal)) ?? ""),
            ("board", Line("/proc/device-tree/model").TrimEnd('\0')),
            ("memory", Roughly.Bytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)),
            ("up, seconds", Line("/proc/uptime").Split(' ')[0]),
        };
        return string.Concat(lines.Select(line => $"{line.Name}\t{line.Value}\n"));
    }

    /// <summary>The devices that there are, and what their links lead to.</summary>
    public static string Devices()
    {
        var text = new StringBuilder();
        foreach (var file in s_devices.Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries).Concat(s_kinds.SelectMany(OfKind)).Order(StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{file}{(new FileInfo(file).LinkTarget is { } target ? $" -> {target}" : "")}\n");
        return text.ToString();
    }

    /// <summary>The service's log as <c>logs --json</c> has it.</summary>
    /// <returns>The lines; null with the reason where there is no journal, or it may not be read.</returns>
    public static Task<(string? Text, string? Why)> LogAsync(DateTimeOffset since, CancellationToken stop) =>
        JournalAsync([.. LogsCommand.Arguments(since, level: null, LogLines, follow: false)], stop);

    /// <summary>What the kernel said last: of USB, serial lines and cards.</summary>
    public static Task<(string? Text, string? Why)> KernelAsync(CancellationToken stop) =>
        JournalAsync(["--dmesg", "--no-pager", "--output=short-iso", string.Create(CultureInfo.InvariantCulture, $"--lines={KernelLines}")], stop);

    private static async Task<(string? Text, string? Why)> JournalAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var text = new StringBuilder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(s_patience);
        try
        {
            if (await SystemTool.StreamAsync("journalctl", arguments, Take, limit.Token) is not { } end)
                return (null, "there is no journalctl here");
            return end.ExitCode == 0 && text.Length > 0 ? (text.ToString(), null) : (null, end.Error.Length > 0 ? end.Error : "the journal gave no line");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, $"the journal did not answer within {s_patience.TotalSeconds:0} seconds");
        }

        Task Take(string line)
        {
            text.Append(line).Append('\n');
            return Task.CompletedTask;
        }
    }

    private static IEnumerable<string> OfKind(string pattern)
    {
        var directory = Path.Combine("/dev", Path.GetDirectoryName(pattern)!);
        return Directory.Exists(directory) ? Directory.EnumerateFileSystemEntries(directory, Path.GetFileName(pattern)) : [];
    }

    private static string Line(string file) => Lines(file).FirstOrDefault() ?? "";

    private static IEnumerable<string> Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
