using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

/// <summary>
/// What a repeat is known by: 16 bytes of a hash of a trip's or booking's whole identity. Kept for ever, whatever else is pruned, so it is small.
/// </summary>
/// <param name="High">The first eight bytes. Two halves, because what deals in <see cref="UInt128"/> is not compiled ahead.</param>
/// <param name="Low">The last eight.</param>
public readonly record struct Identity(ulong High, ulong Low)
{
    /// <summary>The first four bytes: what a reference made from the same identity carries.</summary>
    public uint Check => (uint)(High >> 32);

    /// <summary>A trip, by meter, number and start.</summary>
    public static Identity OfTrip(TripId trip) => Hash("trip", trip.Meter, trip.Trip, trip.Start);

    /// <summary>A booking, by its name.</summary>
    public static Identity OfBooking(string booking) => Hash("booking", booking);

    /// <summary>What a repeat must be equal in: the fare's money. Never 0.</summary>
    public static long ContentOf(Fare fare) =>
        Content($"{fare.Total}", $"{fare.FareAmount}", $"{fare.Supplements}", $"{fare.Tip}", $"{fare.Vat}");

    /// <summary>
    /// What a repeat must be equal in besides the number: currency and maximum. Never 0. The number is not part of it: this is kept for ever, and a hash of eight
    /// digits gives the digits away to whoever tries them all.
    /// </summary>
    public static long ContentOf(Booking booking) =>
        Content($"{booking.Currency}", $"{booking.Maximum?.MinorUnits}");

    /// <summary>The identity with these bytes.</summary>
    public static Identity Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    /// <summary>Its 16 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(sizeof(ulong)), Low);
        return bytes;
    }

    private static Identity Hash(params string[] parts) => Read(Digest(parts));

    private static long Content(params string[] parts)
    {
        var value = BinaryPrimitives.ReadInt64BigEndian(Digest(parts));
        return value == 0 ? 1 : value;
    }

    // Joined by a character that no part can hold.
    private static byte[] Digest(string[] parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts)));
}
