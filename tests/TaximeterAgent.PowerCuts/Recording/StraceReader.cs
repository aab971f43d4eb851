using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TaximeterAgent.PowerCuts.Recording;

/// <summary>
/// Reads what strace wrote (<c>-f -y -xx</c>) into operations on the files under one directory. What it does not know about those files it refuses: a record with a
/// hole would prove nothing.
/// </summary>
/// <remarks>
/// The wal-index (<c>-shm</c>) is left out. It is memory that has a name: SQLite writes it through a mapping, which no trace shows, never syncs it, and the first
/// that opens the database builds it anew. An image holds anything or nothing in its place.
/// </remarks>
internal sealed partial class StraceReader(string root, string markers)
{
    /// <summary>Every call that can change a file, its length, its name or what is certain of it; <c>?</c>: where the architecture has it.</summary>
    public const string Calls =
        "trace=?open,openat,?openat2,?creat,write,pwrite64,writev,pwritev,?pwritev2,truncate,ftruncate,fallocate,fsync,fdatasync,sync_file_range,syncfs,sync,msync,"
        + "?rename,renameat,?renameat2,?link,linkat,?symlink,symlinkat,?unlink,unlinkat,?rmdir,?mkdir,mkdirat,mmap,copy_file_range,sendfile,splice";

    private readonly Dictionary<int, string> _begun = [];
    private readonly HashSet<string> _known = [];

    // Files that are open so that each write of them is on the disk when it returns.
    private readonly HashSet<string> _through = [];

    /// <param name="lines">One per system call.</param>
    /// <param name="existing">The files and directories that are there at the beginning.</param>
    /// <exception cref="InvalidDataException">A call on these files that the model does not know.</exception>
    public List<FileOperation> Read(IEnumerable<string> lines, IEnumerable<string> existing)
    {
        _known.UnionWith(existing);
        var operations = new List<FileOperation>();
        foreach (var line in lines)
        {
            if (Whole(line) is { } call)
                operations.AddRange(Of(call));
        }

        return operations;
    }

    // A call that another thread interrupts is written in two halves; it has happened when its second half is there.
    private string? Whole(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || !int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
            return null;
        var rest = line[space..].TrimStart();
        const string cut = " <unfinished ...>";
        if (rest.EndsWith(cut, StringComparison.Ordinal))
        {
            _begun[thread] = rest[..^cut.Length];
            return null;
        }

        const string resumed = " resumed>";
        return rest.StartsWith("<... ", StringComparison.Ordinal) && rest.IndexOf(resumed, StringComparison.Ordinal) is > 0 and var at
            ? _begun.GetValueOrDefault(thread, "") + rest[(at + resumed.Length)..]
            : rest;
    }

    private IEnumerable<FileOperation> Of(string line)
    {
        if (Call().Match(line) is not { Success: true } match)
            return [];
        var name = match.Groups["name"].Value;
        var arguments = match.Groups["arguments"].Value.Split(", ");
        // Failed, or the process was killed before it was carried out.
        if (!long.TryParse(match.Groups["result"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var result) && name != "mmap" || result < 0)
            return [];
        return name switch
        {
            "openat" or "openat2" => Open(Text(arguments[1]), arguments[2]),
            "open" or "creat" => Open(Text(arguments[0]), name == "creat" ? "O_CREAT|O_TRUNC" : arguments[1]),
            "pwrite64" => Written(arguments, result),
            "write" when Descriptor(arguments[0]) == markers => [new FileOperation.Marker(Encoding.UTF8.GetString(Bytes(arguments[1])).TrimEnd('\n'))],
            "ftruncate" => Ours(Descriptor(arguments[0])) is { } file ? [new FileOperation.Truncate(file, Number(arguments[1]))] : [],
            "fallocate" when arguments[1] == "0" => Ours(Descriptor(arguments[0])) is { } file ? [new FileOperation.Allocate(file, Number(arguments[2]) + Number(arguments[3]))] : [],
            "fsync" or "fdatasync" => Ours(Descriptor(arguments[0])) is { } synced ? [new FileOperation.Sync(synced)] : [],
            "rename" => Renamed(Text(arguments[0]), Text(arguments[1])),
            "renameat" or "renameat2" => Renamed(Text(arguments[1]), Text(arguments[3])),
            "unlink" => Unlinked(Text(arguments[0])),
            "unlinkat" => Unlinked(Text(arguments[1])),
            "mkdir" => Made(Text(arguments[0])),
            "mkdirat" => Made(Text(arguments[1])),
            "mmap" => Mapped(line, arguments),
            _ => line.Contains(Hexadecimal(root), StringComparison.Ordinal) ? throw Unknown(line) : [],
        };
    }

    private IEnumerable<FileOperation> Open(string path, string flags)
    {
        if (Ours(path) is not { Length: > 0 } file)
            yield break;
        if (flags.Contains("O_SYNC", StringComparison.Ordinal) || flags.Contains("O_DSYNC", StringComparison.Ordinal))
            _through.Add(file);
        if (flags.Contains("O_CREAT", StringComparison.Ordinal) && _known.Add(file))
            yield return new FileOperation.Create(file, IsDirectory: false);
        else if (flags.Contains("O_TRUNC", StringComparison.Ordinal))
            yield return new FileOperation.Truncate(file, 0);
    }

    private IEnumerable<FileOperation> Written(string[] arguments, long result)
    {
        var path = Descriptor(arguments[0]);
        if (path == markers)
            return [new FileOperation.Marker(Encoding.UTF8.GetString(Bytes(arguments[1])).TrimEnd('\n'))];
        if (Ours(path) is not { } file)
            return [];
        var write = new FileOperation.Write(file, Number(arguments[3]), Bytes(arguments[1])[..(int)result]);
        return _through.Contains(file) ? [write, new FileOperation.Sync(file)] : [write];
    }

    private IEnumerable<FileOperation> Renamed(string from, string to)
    {
        if (Ours(from) is not { } source || Ours(to) is not { } target)
            return [];
        _known.Remove(source);
        _known.Add(target);
        return [new FileOperation.Rename(source, target)];
    }

    private IEnumerable<FileOperation> Unlinked(string path) => Ours(path) is { } file && _known.Remove(file) ? [new FileOperation.Unlink(file)] : [];

    private IEnumerable<FileOperation> Made(string path) => Ours(path) is { } directory && _known.Add(directory) ? [new FileOperation.Create(directory, IsDirectory: true)] : [];

    // Written through a mapping, a file changes unseen.
    private IEnumerable<FileOperation> Mapped(string line, string[] arguments) =>
        arguments.Length > 4 && arguments[3].Contains("MAP_SHARED", StringComparison.Ordinal) && arguments[2].Contains("PROT_WRITE", StringComparison.Ordinal)
            && arguments[4].Contains('<', StringComparison.Ordinal) && Ours(Descriptor(arguments[4])) is not null
            ? throw Unknown(line)
            : [];

    // Null for what is not in the directory, and for the wal-index.
    private string? Ours(string path)
    {
        if (path.EndsWith("-shm", StringComparison.Ordinal))
            return null;
        return path == root ? "" : path.StartsWith(root + "/", StringComparison.Ordinal) ? path[(root.Length + 1)..] : null;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Descriptor(string text)
    {
        var from = text.IndexOf('<', StringComparison.Ordinal);
        return from < 0 ? "" : Encoding.UTF8.GetString(Unescaped(text.AsSpan(from + 1, text.LastIndexOf('>') - from - 1)));
    }

    private static string Text(string argument) => argument.StartsWith('"') ? Encoding.UTF8.GetString(Bytes(argument)) : "";

    private static byte[] Bytes(string argument) =>
        argument.EndsWith('"') ? Unescaped(argument.AsSpan(1, argument.Length - 2)) : throw new InvalidDataException($"strace has cut {argument[..Math.Min(40, argument.Length)]}…");

    // \x41\x42…
    private static byte[] Unescaped(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length / 4];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = byte.Parse(text.Slice(i * 4 + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return bytes;
    }

    private static string Hexadecimal(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"\\x{b:x2}"));

    private static InvalidDataException Unknown(string line) => new($"A call that the model of the disk does not know: {line[..Math.Min(300, line.Length)]}");

    [GeneratedRegex(@"^(?<name>\w+)\((?<arguments>.*)\)\s+= (?<result>-?\d+|0x[0-9a-f]+|\?)")]
    private static partial Regex Call();
}
