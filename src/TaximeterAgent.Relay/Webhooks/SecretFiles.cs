using System.Text;

namespace TaximeterAgent.Relay.Webhooks;

/// <summary>The files of the registrations' secrets: <c>{registration id}.secret</c>, readable by their owner alone.</summary>
internal static class SecretFiles
{
    private const string Ending = ".secret";

    /// <summary>All there are, by name; none if there is no such folder.</summary>
    public static IReadOnlyList<FileInfo> All(string directory) =>
        Directory.Exists(directory) ? [.. new DirectoryInfo(directory).GetFiles("*" + Ending).OrderBy(file => file.Name, StringComparer.Ordinal)] : [];

    /// <summary>The registrations that have a secret here.</summary>
    public static IEnumerable<Guid> Ids(string directory) =>
        All(directory).Select(file => Guid.TryParse(file.Name[..^Ending.Length], out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty);

    /// <summary>Keeps a secret: whole or not at all, and never for others to read.</summary>
    public static void Write(string directory, Guid id, string secret)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = PathOf(directory, id);
        var unfinished = path + ".new";
        using (var file = new FileStream(unfinished, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(Encoding.UTF8.GetBytes(secret));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>False if there was none.</summary>
    public static bool Remove(string directory, Guid id)
    {
        var path = PathOf(directory, id);
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }

    private static string PathOf(string directory, Guid id) => Path.Combine(directory, $"{id:D}{Ending}");
}
