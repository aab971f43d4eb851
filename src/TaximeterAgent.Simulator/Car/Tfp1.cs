using System.Globalization;
using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>The words of the Taximeter Fare Protocol 1, written a second time from its description: what both sides agree on is then no accident.</summary>
internal static class Tfp1
{
    public const byte StartOfText = 0x02;
    public const byte EndOfText = 0x03;
    public const byte CarriageReturn = 0x0D;
    public const int MaximumPayload = 512;
    public const int CrcDigits = 8;

    /// <summary>STX payload ETX CRC CR.</summary>
    public static byte[] Frame(string payload)
    {
        if (payload.Length is 0 or > MaximumPayload || payload.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException($"a payload is 1-{MaximumPayload} bytes of printable ASCII", nameof(payload));
        byte[] bytes = Encoding.ASCII.GetBytes(payload);
        return [StartOfText, .. bytes, EndOfText, .. Encoding.ASCII.GetBytes(Crc32.Digits(bytes)), CarriageReturn];
    }

    /// <summary>A value as it stands in a payload: <c>%</c> and <c>|</c> escaped, text beyond printable ASCII as percent-encoded UTF-8.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (byte unit in Encoding.UTF8.GetBytes(value))
        {
            if (unit is >= 0x20 and <= 0x7E and not (byte)'%' and not (byte)'|')
                escaped.Append((char)unit);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        }

        return escaped.ToString();
    }

    /// <summary>The value behind its escapes, or null if an escape is malformed or the bytes are no UTF-8.</summary>
    public static string? Unescape(string escaped)
    {
        if (!escaped.Contains('%'))
            return escaped;
        var bytes = new List<byte>(escaped.Length);
        for (int at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '%')
            {
                bytes.Add((byte)escaped[at]);
                continue;
            }

            if (at + 2 >= escaped.Length || !byte.TryParse(escaped.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte unit))
                return null;
            bytes.Add(unit);
            at += 2;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
