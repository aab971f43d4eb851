using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TaximeterAgent.Simulator.Server;

/// <summary>Identifiers that look random and are not: a run with the same seed gives the same ones, so that it can be replayed and compared.</summary>
internal sealed class Identifiers(int seed)
{
    private long _count;

    public string Hex(int bytes) => Convert.ToHexStringLower(Next(bytes));

    public string TraceId() => $"00-{Hex(16)}-{Hex(8)}-00";

    public Guid Guid() => new(Next(16));

    public string Base64(int bytes) => Convert.ToBase64String(Next(bytes));

    private byte[] Next(int bytes)
    {
        Span<byte> source = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(source, seed);
        BinaryPrimitives.WriteInt64LittleEndian(source[4..], ++_count);
        var whole = SHA512.HashData(source);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, whole.Length);
        return whole[..bytes];
    }
}
