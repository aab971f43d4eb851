namespace TaximeterAgent.PowerCuts.Recording;

/// <summary>
/// One thing that a process did to the files under a directory, as the kernel saw it; or one that it said about itself. Paths are relative to that directory, which
/// itself is the empty path.
/// </summary>
internal abstract record FileOperation(string Path)
{
    public sealed record Write(string Path, long Offset, byte[] Bytes) : FileOperation(Path)
    {
        public override string ToString() => $"write {Path} {Offset}+{Bytes.Length}";
    }

    public sealed record Truncate(string Path, long Length) : FileOperation(Path)
    {
        public override string ToString() => $"truncate {Path} to {Length}";
    }

    /// <summary>Room for the file up to a length that it has at least afterwards; what is new in it is zero.</summary>
    public sealed record Allocate(string Path, long To) : FileOperation(Path)
    {
        public override string ToString() => $"allocate {Path} to {To}";
    }

    /// <summary>A file's bytes and length, or a directory's names, are on the disk.</summary>
    public sealed record Sync(string Path) : FileOperation(Path)
    {
        public override string ToString() => $"sync {(Path.Length == 0 ? "the directory above" : Path)}";
    }

    public sealed record Create(string Path, bool IsDirectory) : FileOperation(Path)
    {
        public override string ToString() => $"create {Path}";
    }

    public sealed record Rename(string Path, string To) : FileOperation(Path)
    {
        public override string ToString() => $"rename {Path} to {To}";
    }

    public sealed record Unlink(string Path) : FileOperation(Path)
    {
        public override string ToString() => $"unlink {Path}";
    }

    /// <summary>What the process said: not an operation of the disk, but where it stands among them is what everything hangs on.</summary>
    public sealed record Marker(string Text) : FileOperation("")
    {
        public override string ToString() => $"marker {Text}";
    }
}
