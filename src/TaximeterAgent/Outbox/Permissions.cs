using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.Outbox;

// The agent runs on Linux only; said here rather than of the whole assembly, so that it does not spread to every caller.
#pragma warning disable CA1416

/// <summary>Nobody but the agent's user, whatever the umask says.</summary>
internal static partial class Permissions
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

    /// <summary>User and group of a file or directory.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static (uint User, uint Group) OwnerOf(string path) => Control.Server.PosixFiles.OwnerNumbers(path) ?? throw new IOException($"{path} cannot be looked at");

    /// <summary>Gives a file away, where this user is root: what root makes in the agent's directory is the agent's.</summary>
    /// <exception cref="IOException">It cannot be given away.</exception>
    public static void GiveTo(string path, (uint User, uint Group) owner)
    {
        if (Environment.IsPrivilegedProcess && ChangeOwner(path, owner.User, owner.Group) != 0)
            throw new IOException($"{path} cannot be given to user {owner.User}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
