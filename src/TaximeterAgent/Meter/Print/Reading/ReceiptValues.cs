using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Meter.Print.Reading;

/// <summary>What was in the holes of all lines.</summary>
internal sealed class ReceiptValues
{
    private readonly Dictionary<ReceiptField, List<string>> _values = [];
    private readonly ValueFormats _formats;

    public ReceiptValues(IEnumerable<ReadLine> lines, ValueFormats formats)
    {
        _formats = formats;
        foreach (var (field, value) in lines.SelectMany(line => line.Values))
        {
            if (!_values.TryGetValue(field, out var all))
                _values[field] = all = [];
            all.Add(value);
        }
    }

    /// <summary>All values of a field, as printed.</summary>
    public IReadOnlyList<string> All(ReceiptField field) => _values.TryGetValue(field, out var all) ? all : [];

    /// <summary>The value of a field, however often it is there; null for none or for different ones.</summary>
    public string? One(ReceiptField field) => Distinct(field) is [var one] ? one : null;

    /// <summary>True if a field that a receipt has once is there with different values.</summary>
    public bool Differs(ReceiptField field) => Distinct(field).Count > 1;

    /// <summary>Amounts in minor units, in the order of the lines; null if there is none, or one that cannot be.</summary>
    public IReadOnlyList<long>? Amounts(ReceiptField field)
    {
        List<long?> amounts = [.. All(field).Select(_formats.Minor)];
        return amounts.Count == 0 || amounts.Contains(null) ? null : [.. amounts.Select(amount => amount!.Value)];
    }

    /// <summary>The sum of a field's amounts; null for none.</summary>
    public long? Sum(ReceiptField field) => Amounts(field)?.Sum();

    /// <summary>A rate in hundredths of a percent.</summary>
    public int Percent(string text) => _formats.Rate(text);

    // 345,00 and 0345,00 are the same amount.
    private List<string> Distinct(ReceiptField field) =>
        field.IsAmount() ? [.. All(field).GroupBy(_formats.Minor).Select(group => group.First())] : [.. All(field).Distinct()];
}
