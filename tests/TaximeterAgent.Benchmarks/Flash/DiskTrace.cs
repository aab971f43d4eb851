using System.Globalization;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Benchmarks.Flash;

/// <summary>What a process did to the files of one folder, as strace saw it: each call that gives bytes to the disk, and each that waits for them to be there.</summary>
/// <remarks>
/// The wal-index (<c>-shm</c>) is left out: it is memory that has a name, written through a mapping, and nobody waits for it to reach the disk. A change of a length
/// counts as a call without bytes.
/// </remarks>
internal sealed partial class DiskTrace(string folder)
{
    private const string Program = "/usr/bin/strace";
    private const string Calls = "trace=write,pwrite64,writev,pwritev,?pwritev2,fallocate,ftruncate,fsync,fdatasync,sync_file_range,copy_file_range,sendfile";

    private readonly Dictionary<int, string> _begun = [];
    private readonly SortedDictionary<string, long> _bytesOf = new(StringComparer.Ordinal);

    /// <summary>Calls that wait until something is on the disk, and have succeeded.</summary>
    public long Syncs { get; private set; }

    /// <summary>Bytes given to the disk.</summary>
    public long Bytes => _bytesOf.Values.Sum();

    /// <summary>The bytes by the file that they went to, by its name.</summary>
    public IReadOnlyDictionary<string, long> BytesOf => _bytesOf;

    /// <summary>What a program is called by, so that its calls are written to a file.</summary>
    /// <exception cref="NotHereException">strace is not installed.</exception>
    public static IReadOnlyList<string> Around(IReadOnlyList<string> command, string output) =>
        File.Exists(Program) ? [Program, "-f", "--seccomp-bpf", "-y", "-s", "0", "-o", output, "-e", Calls, .. command] : throw new NotHereException("strace is not installed");

    /// <summary>Takes lines in the order in which strace wrote them.</summary>
    public DiskTrace Read(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Take(line);
        return this;
    }

    private void Take(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || !int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
            return;
        var call = line[space..].TrimStart();
        // A call that another thread interrupts is written in two halves; it has happened when its second half is there.
        const string cut = " <unfinished ...>";
        if (call.EndsWith(cut, StringComparison.Ordinal))
        {
            _begun[thread] = call[..^cut.Length];
            return;
        }

        const string resumed = " resumed>";
        if (call.StartsWith("<... ", StringComparison.Ordinal) && call.IndexOf(resumed, StringComparison.Ordinal) is > 0 and var at)
            call = _begun.GetValueOrDefault(thread, "") + call[(at + resumed.Length)..];
        if (Shape().Match(call) is { Success: true } match && long.Parse(match.Groups["result"].ValueSpan, CultureInfo.InvariantCulture) is >= 0 and var result)
            Count(match.Groups["name"].Value, match.Groups["path"].Value, match.Groups["rest"].Value, result);
    }

    private void Count(string name, string path, string rest, long result)
    {
        if (!path.StartsWith(folder + "/", StringComparison.Ordinal) && path != folder || path.EndsWith("-shm", StringComparison.Ordinal))
            return;
        switch (name)
        {
            case "fsync" or "fdatasync" or "sync_file_range":
                Syncs++;
                break;
            case "ftruncate":
                break;
            case "fallocate":
                Add(path, long.Parse(rest.Split(", ")[^1], CultureInfo.InvariantCulture));
                break;
            default:
                Add(path, result);
                break;
        }
    }

    private void Add(string path, long bytes)
    {
        var file = Path.GetFileName(path);
        _bytesOf[file] = _bytesOf.GetValueOrDefault(file) + bytes;
    }

    [GeneratedRegex(@"^(?<name>\w+)\(\d+<(?<path>[^>]*)>(?:\(deleted\))?(?<rest>.*)\)\s+= (?<result>-?\d+)")]
    private static partial Regex Shape();
}
