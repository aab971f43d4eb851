namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// A serial line without the wire: the meter holds the master, the agent opens <see cref="Path"/>. The simulator keeps the agent's end open too, so that
/// the line outlives the agent's process as a real port does; only <see cref="HangUp"/> (the cable is pulled) ends it.
/// </summary>
internal sealed class PseudoTerminal : ISerialLine, IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _slave;
    private readonly DescriptorReader _master;
    private bool _hungUp;

    public PseudoTerminal()
    {
        int master = Posix.OpenTerminalMaster();
        Path = Posix.TerminalName(master);
        _slave = Posix.Open(Path, Posix.ReadWrite | Posix.NoControllingTerminal);
        Posix.MakeRaw(_slave);
        _master = new DescriptorReader(master, "serial line", bytes => Received?.Invoke(bytes));
    }

    public event Action<ReadOnlyMemory<byte>>? Received;

    /// <summary>The device that the agent opens, /dev/pts/N.</summary>
    public string Path { get; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (!_hungUp && bytes.Length > 0)
            {
                int count = Posix.Write(_master.Descriptor, bytes);
                if (count == -Posix.Interrupted)
                    continue;
                if (count <= 0)
                    return; // nobody reads and the buffer is full: lost, as on a wire
                bytes = bytes[count..];
            }
        }
    }

    /// <summary>
    /// The next process finds the line as after a reboot: nothing left unread by the one before, and not locked by one that was killed
    /// while it held the line exclusively.
    /// </summary>
    public void ReadyForNextHolder()
    {
        lock (_gate)
        {
            if (_hungUp)
                return;
            Posix.AllowOthers(_slave);
            Posix.DropUnreadInput(_slave);
            Posix.MakeRaw(_slave);
        }
    }

    /// <summary>The cable is pulled: whoever has the line open reads its end or an error.</summary>
    public void HangUp()
    {
        lock (_gate)
        {
            if (_hungUp)
                return;
            _hungUp = true;
        }

        _master.Dispose(); // outside the lock: its thread may be in a handler that writes
        Posix.Close(_slave);
    }

    public void Dispose() => HangUp();
}
