using TaximeterAgent.PowerCuts.Recording;

namespace TaximeterAgent.PowerCuts.Disk;

/// <summary>A file or directory, whatever its name is.</summary>
internal sealed class Node(bool isDirectory)
{
    public bool IsDirectory { get; } = isDirectory;

    /// <summary>What is certainly on the disk.</summary>
    public FileBytes Durable { get; set; } = new();

    /// <summary>A directory's names that are certainly on the disk.</summary>
    public Dictionary<string, Node> DurableNames { get; } = [];

    /// <summary>A directory's names as the running system has them.</summary>
    public Dictionary<string, Node> Names { get; } = [];
}

/// <summary>A change that was made since the last sync of its file or directory: it may be on the disk or not.</summary>
/// <param name="Operation">Its number in the record.</param>
/// <param name="Node">The file, or the directory whose names change.</param>
internal abstract record Pending(int Operation, Node Node)
{
    public sealed record Write(int Operation, Node Node, long Offset, byte[] Bytes) : Pending(Operation, Node);

    public sealed record Length(int Operation, Node Node, long To) : Pending(Operation, Node);

    public sealed record Allocation(int Operation, Node Node, long To) : Pending(Operation, Node);

    /// <summary>Names that change together: a rename is one change, as every journalling file system makes it.</summary>
    public sealed record Naming(int Operation, Node Node, IReadOnlyList<(string Name, Node? Target)> Changes) : Pending(Operation, Node);
}

/// <summary>
/// A disk that keeps what was synced and is free in everything else: each change since the last sync of its file is there or not, in any combination, whatever the
/// order in which they were made. More than a real file system does, but nothing that one could not do.
/// </summary>
internal sealed class DiskModel
{
    private readonly Record _record;
    private readonly List<Pending> _pending = [];

    public DiskModel(Record record)
    {
        _record = record;
        foreach (var directory in record.Directories)
            Add(directory, new Node(isDirectory: true));
        foreach (var (path, bytes) in record.Base)
            Add(path, new Node(isDirectory: false) { Durable = new FileBytes([.. bytes]) });
    }

    public Node Root { get; } = new(isDirectory: true);

    /// <summary>How many operations have been carried out.</summary>
    public int Position { get; private set; }

    /// <summary>What is not certain, oldest first.</summary>
    public IReadOnlyList<Pending> Pending => _pending;

    /// <summary>Carries out the record's operations up to, not including, one.</summary>
    public void MoveTo(int operation)
    {
        while (Position < operation)
        {
            Take(_record.Operations[Position], Position);
            Position++;
        }
    }

    private void Take(FileOperation operation, int number)
    {
        switch (operation)
        {
            case FileOperation.Write write:
                _pending.Add(new Pending.Write(number, Find(write.Path), write.Offset, write.Bytes));
                break;
            case FileOperation.Truncate truncate:
                _pending.Add(new Pending.Length(number, Find(truncate.Path), truncate.Length));
                break;
            case FileOperation.Allocate allocate:
                _pending.Add(new Pending.Allocation(number, Find(allocate.Path), allocate.To));
                break;
            case FileOperation.Create create:
                Name(number, create.Path, new Node(create.IsDirectory));
                break;
            case FileOperation.Unlink unlink:
                Name(number, unlink.Path, null);
                break;
            case FileOperation.Rename rename:
                Rename(number, rename.Path, rename.To);
                break;
            case FileOperation.Sync sync:
                Sync(Find(sync.Path));
                break;
        }
    }

    private void Sync(Node node)
    {
        var file = node.Durable;
        foreach (var change in _pending.Where(change => change.Node == node))
        {
            switch (change)
            {
                case Pending.Write write:
                    file.Write(write.Offset, write.Bytes);
                    break;
                case Pending.Length length:
                    file.SetLength(length.To);
                    break;
                case Pending.Allocation allocation:
                    file.Lengthen(allocation.To);
                    break;
                case Pending.Naming naming:
                    Apply(naming, node.DurableNames);
                    break;
            }
        }

        _pending.RemoveAll(change => change.Node == node || (node.IsDirectory && change is not Disk.Pending.Naming && IsGone(change.Node)));
    }

    public static void Apply(Pending.Naming naming, Dictionary<string, Node> names)
    {
        foreach (var (name, target) in naming.Changes)
        {
            if (target is null)
                names.Remove(name);
            else
                names[name] = target;
        }
    }

    // A file without any name, now or after a cut: what becomes of its bytes cannot be seen.
    private bool IsGone(Node node) => !Names(Root).Contains(node) && !_pending.OfType<Pending.Naming>().Any(naming => naming.Changes.Any(change => change.Target == node));

    private static HashSet<Node> Names(Node directory) =>
        [.. directory.Names.Values, .. directory.DurableNames.Values, .. directory.Names.Values.Concat(directory.DurableNames.Values).Where(node => node.IsDirectory).SelectMany(Names)];

    private void Name(int number, string path, Node? node)
    {
        var (directory, name) = Place(path);
        if (node is null)
            directory.Names.Remove(name);
        else
            directory.Names[name] = node;
        _pending.Add(new Pending.Naming(number, directory, [(name, node)]));
    }

    private void Rename(int number, string from, string to)
    {
        var (directory, name) = Place(from);
        var (target, newName) = Place(to);
        if (directory != target)
            throw new InvalidDataException("The model of the disk does not know a rename from one directory to another.");
        var node = Find(from);
        directory.Names.Remove(name);
        directory.Names[newName] = node;
        _pending.Add(new Pending.Naming(number, directory, [(name, null), (newName, node)]));
    }

    private void Add(string path, Node node)
    {
        var (directory, name) = Place(path);
        directory.Names[name] = node;
        directory.DurableNames[name] = node;
    }

    private Node Find(string path)
    {
        if (path.Length == 0)
            return Root;
        var (directory, name) = Place(path);
        return directory.Names.TryGetValue(name, out var node) ? node : throw new InvalidDataException($"The model of the disk has no {path}.");
    }

    private (Node Directory, string Name) Place(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? (Root, path) : (Find(path[..slash]), path[(slash + 1)..]);
    }
}
