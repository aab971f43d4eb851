using System.Text;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Cli.Meter.Replay;

/// <summary>
/// Makes a frame again of one that was masked for people. What was masked gets a stand-in that is judged as the real one was: a number that was good is good, one that
/// could not be read cannot. Free text that was left out is a hyphen; a field beyond the protocol is left out.
/// </summary>
internal static class MaskedFrame
{
    private const string LeftOut = "…";
    private const char Dot = '•';

    /// <summary>The frame's bytes; null if the text is no payload that a meter could have sent.</summary>
    public static byte[]? Make(string masked)
    {
        var fields = masked.Split('|');
        // Of a type that is not known nothing is told, not even its SEQ.
        if (fields[0] == "?")
            return FrameWriter.Write("UNKNOWN|0", out _);
        var payload = new StringBuilder(fields[0]);
        foreach (var field in fields.Skip(1))
        {
            if (StandIn(field) is { } known)
                payload.Append('|').Append(known);
        }

        var text = payload.ToString();
        return text.Length is >= 1 and <= TfpFrame.PayloadMaximum && text.All(c => c is >= ' ' and <= '~') ? FrameWriter.Write(text, out _) : null;
    }

    private static string? StandIn(string field)
    {
        if (field == LeftOut)
            return null;
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            return field;
        var (key, value) = (field[..equals], field[(equals + 1)..]);
        if (key == "phone" && value.Contains(Dot, StringComparison.Ordinal))
            return $"{key}={Phone(value)}";
        if (key == "phone" && value == LeftOut)
            return $"{key}=unreadable";
        return value.Contains(LeftOut, StringComparison.Ordinal) ? $"{key}={value.Replace(LeftOut, "-", StringComparison.Ordinal)}" : field;
    }

    // "+47 •••• ••67": a number of the same country with the same end. The country's own rules say which first digits and lengths there are.
    private static string Phone(string masked)
    {
        var code = string.Concat(masked.TakeWhile(c => c is '+' || char.IsAsciiDigit(c)).Where(char.IsAsciiDigit));
        var end = masked.Length >= 2 ? masked[^2..] : "";
        foreach (var middle in s_middles)
        {
            var digits = (code.Length > 0 ? code : "1") + middle + end;
            if (PhoneNumber.Parse("+" + digits, Country.NO, out _) == PhoneNumberFault.None)
                return digits;
        }

        return "unreadable";
    }

    // Norway and Denmark have 8 digits, Sweden and Finland more.
    private static readonly string[] s_middles = ["400000", "200000", "7000000", "4000000", "40000000"];
}
