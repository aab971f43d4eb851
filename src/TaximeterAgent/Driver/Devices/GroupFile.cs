using System.Globalization;

namespace TaximeterAgent.Driver.Devices;

/// <summary>The groups of a system by its file of groups: of the running one, or of the tree of an image.</summary>
internal static class GroupFile
{
    /// <summary>The running system's.</summary>
    public const string Here = "/etc/group";

    private const int LinesMaximum = 10_000;

    /// <summary>The number of a group; null where there is none of this name, or no file.</summary>
    public static uint? NumberOf(string file, string name) =>
        Find(file, fields => fields[0] == name) is { } found && uint.TryParse(found[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The name of a group; its number where it has none.</summary>
    public static string NameOf(string file, uint number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return Find(file, fields => fields[2] == text)?[0] ?? text;
    }

    private static string[]? Find(string file, Func<string[], bool> wanted)
    {
        try
        {
            return File.ReadLines(file).Take(LinesMaximum).Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length >= 3 && wanted(fields));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
