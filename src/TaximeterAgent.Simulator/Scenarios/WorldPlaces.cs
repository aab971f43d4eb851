namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Where everything of a world is.</summary>
internal sealed class WorldPlaces : IDisposable
{
    /// <summary>sun_path holds 108 bytes, the final zero included.</summary>
    private const int LongestSocketPath = 107;

    private readonly bool _keep;
    private readonly string? _socketFolder;

    public WorldPlaces(string name, string? keep)
    {
        _keep = keep is not null;
        Root = keep is null ? Directory.CreateTempSubdirectory("taxi-").FullName : FreshFolder(Path.GetFullPath(Path.Combine(keep, name)));
        Outbox = Directory.CreateDirectory(Path.Combine(Root, "outbox"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        ControlSocket = Path.Combine(Root, "control.sock");
        if (System.Text.Encoding.UTF8.GetByteCount(ControlSocket) > LongestSocketPath)
        {
            _socketFolder = Directory.CreateTempSubdirectory("taxi-").FullName;
            ControlSocket = Path.Combine(_socketFolder, "control.sock");
        }
    }

    public string Root { get; }

    public string Outbox { get; }

    public string ControlSocket { get; }

    public string Configuration => Path.Combine(Root, "config.json");

    /// <summary>A link to the pseudo terminal, so that a cable that is pulled and put back is found under the same name.</summary>
    public string SerialPort => Path.Combine(Root, "meter");

    /// <summary>What stands in for the GPIO chip that the meter's contacts are wired to.</summary>
    public string Contacts => Path.Combine(Root, "contacts");

    /// <summary>A link to the pseudo terminal that is tapped where the meter drives its printer.</summary>
    public string PrinterTap => Path.Combine(Root, "printer-tap");

    /// <summary>What stands in for the GPIO chip that senses the ignition.</summary>
    public string Ignition => Path.Combine(Root, "ignition");

    /// <summary>A link to the printer's pseudo terminal.</summary>
    public string Printer => Path.Combine(Root, "printer");

    public string Keypad => Path.Combine(Root, "keypad");

    public string Display => Path.Combine(Root, "lcd");

    public string RelayLog(int start) => Path.Combine(Root, $"relay-{start}");

    public string AgentLog(int start) => Path.Combine(Root, $"agent-{start}");

    public void Dispose()
    {
        if (!_keep)
            Remove(Root);
        if (_socketFolder is not null)
            Remove(_socketFolder);
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Something that an agent left running still writes there. A folder left in /tmp is no reason to lose the verdict.
        }
    }

    /// <exception cref="IOException">The folder has something in it: an earlier run is not overwritten.</exception>
    private static string FreshFolder(string path)
    {
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new IOException($"{path} is not empty; --keep wants a folder without an earlier run");
        return Directory.CreateDirectory(path).FullName;
    }
}
