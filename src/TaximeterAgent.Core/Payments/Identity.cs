using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

/// <summary>
/// What a repeat is known by: 16 bytes of a hash of a trip's or booking's whole identity. Kept for ever, whatever else is pruned, so it is small.
/// </summary>
public readonly record struct Identity(UInt128 Value)
{
    /// <summary>The first four bytes: what a reference made from the same identity carries.</summary>
    public uint Check => (uint)(Value >> 96);

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

    private static Identity Hash(params ReadOnlySpan<string> parts) => new(BinaryPrimitives.ReadUInt128BigEndian(Digest(parts)));

    private static long Content(params ReadOnlySpan<string> parts)
    {
        var value = BinaryPrimitives.ReadInt64BigEndian(Digest(parts));
        return value == 0 ? 1 : value;
    }

    // Joined by a character that no part can hold.
    private static byte[] Digest(ReadOnlySpan<string> parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts)));
}
