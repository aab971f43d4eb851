using System.Globalization;

namespace TaximeterAgent.Driver.Devices;

/// <summary>Which processes have a device open, as far as this user may see: its own processes', or all for root.</summary>
internal static class DeviceHolders
{
    private const int ProcessesMaximum = 10_000;
    private const int DescriptorsMaximum = 4_096;
    private const int Named = 3;
    private const string PseudoTerminals = "/dev/pts/";

    /// <summary>Such as <c>agetty (process 812)</c>; at most three. Looks at every process there is: not for every second of a day.</summary>
    /// <param name="path">The device, perhaps by a link.</param>
    public static IReadOnlyList<string> Of(string path) => Those(path, (_, _, _) => true);

    /// <summary>The same, but for one process, and for those that take nothing away from it.</summary>
    /// <param name="path">The device, perhaps by a link.</param>
    /// <param name="process">The one that has it by right, or 0.</param>
    public static IReadOnlyList<string> Besides(string path, int process) => Those(path, (id, directory, device) => id != process && !IsFarEnd(directory, device));

    private static List<string> Those(string path, Func<int, string, string, bool> wanted)
    {
        var holders = new List<string>();
        try
        {
            var device = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            foreach (var directory in Directory.EnumerateDirectories("/proc").Take(ProcessesMaximum))
            {
                if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                    && Holds(directory, device) && wanted(process, directory, device))
                    holders.Add($"{Name(directory)} (process {process.ToString(CultureInfo.InvariantCulture)})");
                if (holders.Count == Named)
                    break;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What was found until here has to do.
        }

        return holders;
    }

    private static bool Holds(string process, string device)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Take(DescriptorsMaximum).Any(descriptor => new FileInfo(descriptor).LinkTarget == device);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another user's, or gone in the meantime.
            return false;
        }
    }

    // Whoever plays what a pseudo terminal leads to may keep this end open, so that it outlives its readers; it takes nothing away.
    private static bool IsFarEnd(string process, string device)
    {
        if (!device.StartsWith(PseudoTerminals, StringComparison.Ordinal))
            return false;
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Take(DescriptorsMaximum)
                .Where(descriptor => new FileInfo(descriptor).LinkTarget is { } target && target.EndsWith("/ptmx", StringComparison.Ordinal))
                .Any(descriptor => File.ReadLines(Path.Combine(process, "fdinfo", Path.GetFileName(descriptor))).Any(line => IndexOf(line) == device[PseudoTerminals.Length..]));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        // tty-index:  3
        static string? IndexOf(string line) => line.Split(':') is ["tty-index", var index] ? index.Trim() : null;
    }

    private static string Name(string process)
    {
        try
        {
            return Configuration.Shown.Plain(File.ReadAllText(Path.Combine(process, "comm")).TrimEnd('\n'));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "a program";
        }
    }
}
