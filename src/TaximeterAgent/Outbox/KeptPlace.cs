using System.Globalization;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox;

/// <summary>Where an outbox that is not used any more is kept: below its directory, in a folder by the time.</summary>
internal static class KeptPlace
{
    private const string NameFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int NameLength = 16;

    /// <summary>Makes it, 0700 and the owner's, and syncs its name.</summary>
    /// <param name="files">The outbox's.</param>
    /// <param name="folder">Its name begins with <c>outbox.</c>.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="time">The car's clock.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string Make(OutboxFiles files, string folder, (uint User, uint Group) owner, TimeProvider time)
    {
        var above = Path.Combine(files.Directory, folder);
        if (!Directory.Exists(above))
            Permissions.CreateDirectory(above);
        Permissions.GiveTo(above, owner);
        var name = time.GetUtcNow().ToString(NameFormat, CultureInfo.InvariantCulture);
        var place = Path.Combine(above, name);
        for (var more = 2; Path.Exists(place); more++)
            place = Path.Combine(above, string.Create(CultureInfo.InvariantCulture, $"{name}-{more}"));
        Permissions.CreateDirectory(place);
        Permissions.GiveTo(place, owner);
        Posix.SyncDirectory(above);
        Posix.SyncDirectory(files.Directory);
        return place;
    }

    /// <summary>Moves files there, and syncs that one by one.</summary>
    /// <param name="files">The outbox's.</param>
    /// <param name="which">In the order in which they go; those that are not there are passed over.</param>
    /// <param name="place">As it was made.</param>
    /// <exception cref="IOException">One cannot be moved.</exception>
    public static void Move(OutboxFiles files, IEnumerable<string> which, string place)
    {
        foreach (var file in which.Where(File.Exists))
        {
            Permissions.CloseFile(file);
            File.Move(file, Path.Combine(place, Path.GetFileName(file)), overwrite: false);
            Posix.SyncDirectory(place);
            Posix.SyncDirectory(files.Directory);
        }
    }

    /// <summary>
    /// Removes those that are older than a time: they hold histories, and whole phone numbers. What is named otherwise, or by a clock that stood wrong, stays for a person to remove.
    /// </summary>
    /// <param name="directory">The outbox's.</param>
    /// <param name="folder">See <see cref="Make"/>.</param>
    /// <param name="olderThan">By a time that is certain.</param>
    /// <returns>How many were removed.</returns>
    public static int RemoveOld(string directory, string folder, DateTimeOffset olderThan)
    {
        var above = Path.Combine(directory, folder);
        if (!Directory.Exists(above))
            return 0;
        var removed = 0;
        foreach (var place in Directory.GetDirectories(above).Where(place => TimeOf(Path.GetFileName(place)) is { } at && at.ToUnixTimeMilliseconds() >= OutboxRetention.Earliest && at < olderThan))
        {
            try
            {
                Directory.Delete(place, recursive: true);
                removed++;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is tried again another time; on a disk that fails there is worse.
            }
        }

        return removed;
    }

    private static DateTimeOffset? TimeOf(string name) =>
        name.Length >= NameLength && DateTimeOffset.TryParseExact(name.AsSpan(0, NameLength), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
