using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace TaximeterAgent.Telemetry.Prometheus;

/// <summary>
/// Prometheus' text format, version 0.0.4. Written here, because the libraries that write it do not fit: OpenTelemetry's is a beta that needs its whole SDK in the process, and
/// prometheus-net, which the relay uses, names metrics by rules of its own and forgets a series that was quiet for some minutes, as a car's are.
/// </summary>
internal static class ExpositionText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    public const string Gauge = "gauge";
    public const string Histogram = "histogram";
    private const string Counter = "counter";

    public static string TypeOf(Instrument instrument) => IsCounter(instrument) ? Counter : GenericName(instrument).StartsWith("Histogram", StringComparison.Ordinal) ? Histogram : Gauge;

    public static bool IsCounter(Instrument instrument) => GenericName(instrument) is var name && (name.StartsWith("Counter", StringComparison.Ordinal) || name.StartsWith("ObservableCounter", StringComparison.Ordinal));

    public static bool IsUpDownCounter(Instrument instrument) => GenericName(instrument).StartsWith("UpDownCounter", StringComparison.Ordinal);

    /// <summary>Whose metrics these are, as OpenTelemetry's rules have it: joined to the others by whoever wants it there.</summary>
    public static void Target(StringBuilder text, IReadOnlyList<KeyValuePair<string, string>> target)
    {
        Head(text, "target_info", "Which agent this is.", Gauge);
        Line(text, "target_info", string.Join(',', target.Select(label => $"{PrometheusName.Label(label.Key)}=\"{Escaped(label.Value)}\"")), 1);
    }

    public static void Head(StringBuilder text, string name, string help, string type)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    public static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    public static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A label's value between its quotes.</summary>
    public static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string GenericName(Instrument instrument) => instrument.GetType().Name;
}
