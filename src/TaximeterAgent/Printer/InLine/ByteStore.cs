namespace TaximeterAgent.Printer.InLine;

/// <summary>Bytes on their way from one port to the other, in their order; bounded.</summary>
internal sealed class ByteStore(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _start;
    private int _count;

    public int Count => _count;

    public bool IsEmpty => _count == 0;

    /// <summary>Bytes that can be added.</summary>
    public int Room => capacity - _count;

    /// <summary>What comes next: perhaps not all there is.</summary>
    public ReadOnlySpan<byte> Next => _bytes.AsSpan(_start, Math.Min(_count, capacity - _start));

    /// <param name="bytes">At most <see cref="Room"/>.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, Room);
        foreach (var one in bytes)
        {
            _bytes[(_start + _count) % capacity] = one;
            _count++;
        }
    }

    public void Taken(int count)
    {
        _start = (_start + count) % capacity;
        _count -= count;
    }

    public void Clear() => (_start, _count) = (0, 0);
}
