using System.Globalization;
using System.Text;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>Makes a frame of a payload: STX, payload, ETX, CRC, CR.</summary>
public static class FrameWriter
{
    /// <exception cref="ArgumentException">The payload is empty, longer than <see cref="TfpFrame.PayloadMaximum"/> or not printable ASCII.</exception>
    public static byte[] Write(string payload, out uint crc)
    {
        ArgumentException.ThrowIfNullOrEmpty(payload);
        if (payload.Length > TfpFrame.PayloadMaximum)
            throw new ArgumentException($"A payload has at most {TfpFrame.PayloadMaximum} bytes, this one has {payload.Length}.", nameof(payload));
        var frame = new byte[1 + payload.Length + 1 + TfpFrame.CrcDigits + 1];
        frame[0] = TfpFrame.StartOfText;
        for (var index = 0; index < payload.Length; index++)
        {
            if (payload[index] > 0x7E || !TfpFrame.IsPayloadByte((byte)payload[index]))
                throw new ArgumentException("A payload is printable ASCII.", nameof(payload));
            frame[1 + index] = (byte)payload[index];
        }

        crc = Crc32.Compute(frame.AsSpan(1, payload.Length));
        frame[1 + payload.Length] = TfpFrame.EndOfText;
        Encoding.ASCII.GetBytes(Digits(crc), frame.AsSpan(2 + payload.Length));
        frame[^1] = TfpFrame.CarriageReturn;
        return frame;
    }

    /// <summary>Eight upper-case hex digits.</summary>
    internal static string Digits(uint crc) => crc.ToString("X8", CultureInfo.InvariantCulture);
}
