using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>A payload taken apart: <c>TYPE|SEQ|key=value|…</c>. Values are still as on the wire.</summary>
internal sealed class Payload
{
    private const int SequenceDigits = 5;

    private readonly Dictionary<string, string> _values;

    private Payload(string type, ushort sequence, Dictionary<string, string> values, string? duplicate)
    {
        Type = type;
        Sequence = sequence;
        _values = values;
        Duplicate = duplicate;
    }

    public string Type { get; }

    public ushort Sequence { get; }

    /// <summary>The first key that is there twice, known or not.</summary>
    public string? Duplicate { get; }

    /// <summary>False if there is no usable SEQ: then nothing can answer it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Payload? payload)
    {
        payload = null;
        var fields = text.Split('|');
        if (fields.Length < 2 || !TrySequence(fields[1], out var sequence))
            return false;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        string? duplicate = null;
        foreach (var field in fields.AsSpan(2))
        {
            // A field without "=" is a key without a value: nothing if unknown, unusable if known.
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (field, "") : (field[..equals], field[(equals + 1)..]);
            if (!values.TryAdd(key, value))
                duplicate ??= key;
        }

        payload = new Payload(fields[0], sequence, values, duplicate);
        return true;
    }

    public bool TryGet(string key, [NotNullWhen(true)] out string? raw) => _values.TryGetValue(key, out raw);

    private static bool TrySequence(string text, out ushort sequence)
    {
        sequence = 0;
        return text.Length <= SequenceDigits && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}
