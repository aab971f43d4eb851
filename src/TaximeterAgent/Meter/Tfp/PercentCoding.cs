using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>How a value is written into a payload: <c>%</c> and <c>|</c> and everything beyond printable ASCII as percent-encoded UTF-8.</summary>
internal static class PercentCoding
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var octet in s_strict.GetBytes(value))
        {
            if (TfpFrame.IsPayloadByte(octet) && octet is not ((byte)'%' or (byte)'|'))
                text.Append((char)octet);
            else
                text.Append('%').Append(Hex(octet >> 4)).Append(Hex(octet & 15));
        }

        return text.ToString();
    }

    /// <summary>False where a <c>%</c> is not followed by two hex digits, or where the bytes are no UTF-8.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            value = text;
            return true;
        }

        var octets = new byte[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '%')
            {
                octets[length++] = (byte)text[index];
                continue;
            }

            if (index + 2 >= text.Length || !char.IsAsciiHexDigit(text[index + 1]) || !char.IsAsciiHexDigit(text[index + 2]))
                return false;
            octets[length++] = Convert.FromHexString(text.AsSpan(index + 1, 2))[0];
            index += 2;
        }

        try
        {
            value = s_strict.GetString(octets, 0, length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static char Hex(int digit) => (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
}
