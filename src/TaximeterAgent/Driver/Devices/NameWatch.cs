namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// Watches a device's stable name, a link that udev makes and takes away. Not every driver hangs up what is open when its device goes; the name goes in any
/// case. Costs nothing while nothing happens: the kernel tells of changes in the link's directory.
/// </summary>
internal sealed class NameWatch : IDisposable
{
    private const int BufferSize = 4096;
    private readonly string _path;

    private NameWatch(string path, int descriptor)
    {
        _path = path;
        Descriptor = descriptor;
    }

    /// <summary>Readable when something in the link's directory has changed.</summary>
    public int Descriptor { get; }

    /// <summary>Null for a name that is no link, and where the kernel has no more watches: then a hang-up has to do.</summary>
    public static NameWatch? Of(string path)
    {
        var full = Path.GetFullPath(path);
        if (new FileInfo(full).LinkTarget is null || Path.GetDirectoryName(full) is not { } directory)
            return null;
        var descriptor = Libc.WatchNames(Libc.CloseOnExec | Libc.NonBlocking);
        if (descriptor < 0)
            return null;
        if (Libc.AddWatch(descriptor, directory, Libc.NamesChange) >= 0)
            return new NameWatch(full, descriptor);
        Libc.Close(descriptor);
        return null;
    }

    /// <summary>To be asked after each change: whether the name still stands for what is open.</summary>
    public bool StillLeadsTo(int device)
    {
        Span<byte> events = stackalloc byte[BufferSize];
        _ = Libc.Read(Descriptor, events, BufferSize); // only that something changed is of interest; what is left wakes again
        return Libc.TryStat(_path, out var named) && Libc.TryStat(device, out var open) && named.Device == open.Device;
    }

    public void Dispose() => Libc.Close(Descriptor);
}
