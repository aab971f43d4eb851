namespace TaximeterAgent.Driver.Devices;

/// <summary>What can be said of a device's name that leads to no device.</summary>
internal static class DeviceNames
{
    private const int Named = 5;

    /// <summary>The end of a sentence that began with the device.</summary>
    public static string WhyMissing(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is { } target)
                return $"is a link to {target}, which is not there: the adapter is unplugged, or the udev rule names another";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Then it is as missing as any.
        }

        return Beside(path) is { Length: > 0 } others
            ? $"is not there: it is not plugged in, or has another name; there are {others}"
            : "is not there: it is not plugged in, or has another name";
    }

    // The stable names of serial adapters: whoever mistyped one finds the right one here.
    private static string Beside(string path)
    {
        var directory = Path.GetDirectoryName(path);
        if (directory is not ("/dev/serial/by-id" or "/dev/serial/by-path"))
            return "";
        try
        {
            return string.Join(", ", Directory.EnumerateFileSystemEntries(directory).Take(Named).Order(StringComparer.Ordinal).Select(Path.GetFileName));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
