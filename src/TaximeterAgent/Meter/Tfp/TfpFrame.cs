namespace TaximeterAgent.Meter.Tfp;

/// <summary>A frame that was received whole and whose CRC was right.</summary>
/// <param name="Payload">1 to <see cref="PayloadMaximum"/> characters of printable ASCII.</param>
/// <param name="Crc">CRC-32 of the payload; as eight upper-case hex digits it is what an answer calls <c>of</c>.</param>
public readonly record struct TfpFrame(string Payload, uint Crc)
{
    /// <summary>The longest payload, in bytes.</summary>
    public const int PayloadMaximum = 512;

    internal const byte StartOfText = 0x02;
    internal const byte EndOfText = 0x03;
    internal const byte CarriageReturn = 0x0D;
    internal const int CrcDigits = 8;

    internal static bool IsPayloadByte(byte value) => value is >= 0x20 and <= 0x7E;
}
