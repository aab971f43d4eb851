using System.Globalization;
using System.Text;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>Writes a payload; values are percent-coded here and nowhere else.</summary>
internal sealed class PayloadBuilder
{
    private readonly StringBuilder _text = new();

    public PayloadBuilder(string type, ushort sequence) => _text.Append(type).Append('|').Append(sequence.ToString(CultureInfo.InvariantCulture));

    public PayloadBuilder Add(string key, string value)
    {
        _text.Append('|').Append(key).Append('=').Append(PercentCoding.Encode(value));
        return this;
    }

    public override string ToString() => _text.ToString();
}
