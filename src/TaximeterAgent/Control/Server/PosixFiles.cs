using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Control.Server;

/// <summary>What .NET has no word for.</summary>
internal static unsafe partial class PosixFiles
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    private const uint TypeOnly = 1;
    private const int StatxLength = 256;
    private const uint OwnerAndGroup = 8 | 0x10;
    private const int UserAt = 20;
    private const int GroupAt = 24;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;
    private const int PasswordBufferLength = 16 * 1024;

    /// <summary>True for a socket's file itself, not for a link to one.</summary>
    public static bool IsSocket(string path)
    {
        // statx, because its layout is the same on every architecture.
        Span<byte> answer = stackalloc byte[StatxLength];
        fixed (byte* buffer = answer)
        {
            if (Statx(CurrentDirectory, path, DoNotFollowLinks, TypeOnly, buffer) != 0)
                return false;
        }

        var mode = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(answer[ModeAt..]) : BinaryPrimitives.ReadUInt16BigEndian(answer[ModeAt..]);
        return (mode & TypeMask) == SocketType;
    }

    /// <summary>The name, or else the number, of whoever owns a file; of its directory if the file cannot be looked at. Null if neither can.</summary>
    public static string? OwnerOf(string path)
    {
        var owner = OwnerNumbers(path) ?? (Path.GetDirectoryName(path) is { Length: > 0 } directory ? OwnerNumbers(directory) : null);
        return owner is (var user, _) ? UserName(user) ?? $"#{user}" : null;
    }

    /// <summary>User and group of a file; null if it cannot be looked at.</summary>
    public static (uint User, uint Group)? OwnerNumbers(string path)
    {
        Span<byte> answer = stackalloc byte[StatxLength];
        fixed (byte* buffer = answer)
        {
            if (Statx(CurrentDirectory, path, 0, OwnerAndGroup, buffer) != 0)
                return null;
        }

        return (MemoryMarshal.Read<uint>(answer[UserAt..]), MemoryMarshal.Read<uint>(answer[GroupAt..]));
    }

    /// <summary>The user that has started this process.</summary>
    [LibraryImport("libc", EntryPoint = "getuid")]
    public static partial uint RealUser();

    /// <summary>A user's name; null for one that has none.</summary>
    public static string? UserName(uint user)
    {
        // struct passwd begins with the name; what follows differs, and is not looked at.
        var entry = stackalloc nint[16];
        var strings = new byte[PasswordBufferLength];
        fixed (byte* buffer = strings)
        {
            nint found = 0;
            return GetUser(user, entry, buffer, PasswordBufferLength, &found) == 0 && found != 0 ? Marshal.PtrToStringUTF8(entry[0]) : null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int GetUser(uint user, nint* entry, byte* strings, nuint length, nint* result);
}
