namespace TaximeterAgent.PowerCuts.Disk;

/// <summary>The bytes of a file, which grow and shrink.</summary>
internal sealed class FileBytes
{
    private byte[] _bytes;

    public FileBytes()
        : this([])
    {
    }

    public FileBytes(byte[] bytes)
    {
        _bytes = bytes;
        Length = bytes.Length;
    }

    private FileBytes(FileBytes other)
    {
        _bytes = other.Bytes.ToArray();
        Length = other.Length;
    }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public FileBytes Copy() => new(this);

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length > Length)
            SetLength(offset + bytes.Length);
        bytes.CopyTo(_bytes.AsSpan((int)offset));
    }

    /// <summary>At least this long from now on.</summary>
    public void Lengthen(long length) => SetLength(Math.Max(length, Length));

    public void SetLength(long length)
    {
        var size = checked((int)length);
        if (size > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(size, Math.Min(_bytes.Length * 2, 64 << 20)));
        if (size < Length)
            _bytes.AsSpan(size, Length - size).Clear();
        Length = size;
    }

    public Span<byte> Range(int from, int to) => _bytes.AsSpan(from, to - from);
}
