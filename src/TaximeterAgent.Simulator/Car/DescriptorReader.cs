namespace TaximeterAgent.Simulator.Car;

/// <summary>Hands on what arrives at a file descriptor, from a thread of its own; ends at once when disposed. Closes the descriptor.</summary>
internal sealed class DescriptorReader : IDisposable
{
    private const int BufferSize = 4096;

    private readonly int _descriptor;
    private readonly int _stop = Posix.OpenCounter();
    private readonly Action<ReadOnlyMemory<byte>> _received;
    private readonly Thread _thread;
    private int _disposed;

    /// <param name="descriptor">An open, readable descriptor; owned by the reader from here on.</param>
    /// <param name="name">The thread's name.</param>
    /// <param name="received">Called on the reader's thread; the bytes are valid only during the call.</param>
    public DescriptorReader(int descriptor, string name, Action<ReadOnlyMemory<byte>> received)
    {
        _descriptor = descriptor;
        _received = received;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public int Descriptor => _descriptor;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        Posix.Write(_stop, [1, 0, 0, 0, 0, 0, 0, 0]);
        _thread.Join();
        Posix.Close(_descriptor);
        Posix.Close(_stop);
    }

    private void Run()
    {
        byte[] buffer = new byte[BufferSize];
        while (true)
        {
            (bool data, bool stop) = Posix.WaitReadable(_descriptor, _stop);
            if (stop)
                return;
            if (!data)
                continue;
            int count = Posix.Read(_descriptor, buffer);
            if (count > 0)
                _received(buffer.AsMemory(0, count));
            else if (count is not (-Posix.TryAgain or -Posix.Interrupted))
                return; // hung up: nothing can come any more
        }
    }
}
