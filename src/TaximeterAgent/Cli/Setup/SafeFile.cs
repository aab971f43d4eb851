// The agent runs on Linux only.
#pragma warning disable CA1416

using System.Globalization;
using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Cli.Setup;

/// <summary>Files that are either the old or the new one, whenever the power is cut, and that nobody may read a moment too early.</summary>
internal static partial class SafeFile
{
    /// <summary>Its owner alone.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Its owner, and a group that reads.</summary>
    public const UnixFileMode GroupReads = Private | UnixFileMode.GroupRead;

    private const UnixFileMode PrivateDirectory = Private | UnixFileMode.UserExecute;
    private const UnixFileMode OpenDirectory =
        PrivateDirectory | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Ends the name of a file in the making.</summary>
    public const string Unfinished = ".new";

    /// <summary>Writes beside the file, syncs, renames, and syncs the directory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What it will hold.</param>
    /// <param name="group">Which group may read it; null for none.</param>
    /// <exception cref="IOException">It could not be written; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, uint? group)
    {
        var unfinished = path + Unfinished;
        File.Delete(unfinished);
        using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            file.Write(bytes);
            SetAccess(unfinished, group);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        Posix.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Gives a file the owner and mode that it should have, without writing it.</summary>
    public static void SetAccess(string path, uint? group)
    {
        if (group is { } reader && ChangeOwner(path, uint.MaxValue, reader) != 0)
            throw new IOException($"{path} cannot be given to the group {reader.ToString(CultureInfo.InvariantCulture)}: {Marshal.GetLastPInvokeErrorMessage()}");
        File.SetUnixFileMode(path, group is null ? Private : GroupReads);
    }

    /// <summary>True if mode and group are as <see cref="Write"/> makes them.</summary>
    public static bool HasAccess(string path, uint? group) =>
        File.GetUnixFileMode(path) == (group is null ? Private : GroupReads) && (group is null || (Libc.TryStat(path, out var facts) && facts.Group == group));

    /// <summary>Deletes a file for good; nothing if it is not there.</summary>
    public static void Delete(string path)
    {
        if (!File.Exists(path))
            return;
        File.Delete(path);
        Posix.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a directory and what leads to it; only a new one gets its mode.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="closed">True: for its owner alone, one that is there included.</param>
    public static void MakeDirectory(string path, bool closed)
    {
        if (!Directory.Exists(path))
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
                MakeDirectory(parent, closed: false);
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, closed ? PrivateDirectory : OpenDirectory);
            if (Path.GetDirectoryName(path) is { Length: > 0 } above)
                Posix.SyncDirectory(above);
        }
        else if (closed && File.GetUnixFileMode(path) != PrivateDirectory)
        {
            File.SetUnixFileMode(path, PrivateDirectory);
        }
    }

    /// <summary>The bytes of a file; null if there is none.</summary>
    public static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
