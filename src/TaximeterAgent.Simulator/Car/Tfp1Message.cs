using System.Globalization;

namespace TaximeterAgent.Simulator.Car;

/// <summary>A payload taken apart: <c>TYPE|SEQ|key=value|…</c>.</summary>
internal sealed class Tfp1Message
{
    private readonly Dictionary<string, string> _fields;

    private Tfp1Message(string type, int seq, Dictionary<string, string> fields)
    {
        Type = type;
        Seq = seq;
        _fields = fields;
    }

    public string Type { get; }

    public int Seq { get; }

    public IEnumerable<string> Keys => _fields.Keys;

    public string? this[string key] => _fields.GetValueOrDefault(key);

    /// <summary>The message, or what is wrong with it.</summary>
    public static Tfp1Message? Parse(string payload, out string? fault)
    {
        string[] parts = payload.Split('|');
        if (parts.Length < 2 || parts[0].Length == 0)
        {
            fault = "neither TYPE nor SEQ";
            return null;
        }

        if (!IsNumber(parts[1], 65535, out long seq))
        {
            fault = $"SEQ '{parts[1]}' is not 0-65535";
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in parts.AsSpan(2))
        {
            int equals = part.IndexOf('=');
            if (equals <= 0)
            {
                fault = $"'{part}' is no key=value";
                return null;
            }

            string? value = Tfp1.Unescape(part[(equals + 1)..]);
            if (value is null)
            {
                fault = $"the value of '{part[..equals]}' is badly escaped";
                return null;
            }

            if (!fields.TryAdd(part[..equals], value))
            {
                fault = $"key '{part[..equals]}' given twice";
                return null;
            }
        }

        fault = null;
        return new Tfp1Message(parts[0], (int)seq, fields);
    }

    /// <summary>An amount in minor units: <c>0|[1-9][0-9]{0,8}</c>.</summary>
    public static bool IsAmount(string? text, out long amount) => IsNumber(text, 999_999_999, out amount);

    private static bool IsNumber(string? text, long most, out long number)
    {
        number = 0;
        return text is not null && (text == "0" || (text.Length is > 0 and <= 9 && text[0] is >= '1' and <= '9'))
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
    }
}
