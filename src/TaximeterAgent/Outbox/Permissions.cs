using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.Outbox;

// The agent runs on Linux only; said here rather than of the whole assembly, so that it does not spread to every caller.
#pragma warning disable CA1416

/// <summary>Nobody but the agent's user, whatever the umask says.</summary>
internal static class Permissions
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    public static void CreateDirectory(string path)
    {
        Directory.CreateDirectory(path, DirectoryMode);
        File.SetUnixFileMode(path, DirectoryMode);
    }

    /// <summary>Closes a directory to others, unless it is one for everybody, such as <c>/tmp</c>.</summary>
    public static void CloseDirectory(string path)
    {
        var mode = File.GetUnixFileMode(path);
        if (mode != DirectoryMode && !mode.HasFlag(UnixFileMode.StickyBit))
            File.SetUnixFileMode(path, DirectoryMode);
    }

    public static void CreateFile(string path)
    {
        using var file = new FileStream(
            path, new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.ReadWrite, UnixCreateMode = FileMode });
        CloseFile(file.SafeFileHandle);
    }

    public static void CloseFile(SafeFileHandle file) => File.SetUnixFileMode(file, FileMode);

    public static void CloseFile(string path) => File.SetUnixFileMode(path, FileMode);
}
