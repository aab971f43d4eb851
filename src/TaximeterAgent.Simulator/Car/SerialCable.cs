namespace TaximeterAgent.Simulator.Car;

/// <summary>The cable between meter and board: pulled and put back it is another terminal, found under the same name, as udev does for a USB port.</summary>
internal sealed class SerialCable : ISerialLine, IDisposable
{
    private readonly Lock _gate = new();
    private PseudoTerminal? _terminal;

    /// <param name="path">The name under which the agent finds the port: a symbolic link.</param>
    public SerialCable(string path)
    {
        Path = path;
        Plug();
    }

    public event Action<ReadOnlyMemory<byte>>? Received;

    public string Path { get; }

    public void Plug()
    {
        lock (_gate)
        {
            if (_terminal is not null)
                return;
            _terminal = new PseudoTerminal();
            _terminal.Received += bytes => Received?.Invoke(bytes);
            File.CreateSymbolicLink(Path, _terminal.Path);
        }
    }

    public void Pull()
    {
        PseudoTerminal? pulled;
        lock (_gate)
        {
            pulled = _terminal;
            _terminal = null;
            File.Delete(Path);
        }

        pulled?.Dispose(); // outside the lock: waits for its reader, which may be in a handler that writes
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
            _terminal?.Write(bytes);
    }

    public void ReadyForNextHolder()
    {
        lock (_gate)
            _terminal?.ReadyForNextHolder();
    }

    public void Dispose() => Pull();
}
