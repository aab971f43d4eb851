using System.Diagnostics.Metrics;

namespace TaximeterAgent.Telemetry.Prometheus;

/// <summary>An instrument's name as OpenTelemetry's compatibility rules make it for Prometheus: <c>taximeter.payment.duration</c> in seconds is <c>taximeter_payment_duration_seconds</c>.</summary>
internal static class PrometheusName
{
    public const string Total = "_total";

    public static string Of(Instrument instrument) => Of(instrument.Name, instrument.Unit, ExpositionText.IsCounter(instrument));

    public static string Of(string name, string? unit, bool counter)
    {
        var said = Label(name);
        if (Unit(unit) is { } suffix && !said.EndsWith($"_{suffix}", StringComparison.Ordinal))
            said += $"_{suffix}";
        return counter && !said.EndsWith(Total, StringComparison.Ordinal) ? said + Total : said;
    }

    /// <summary>A label's name.</summary>
    public static string Label(string name) => string.Create(name.Length, name, (said, from) =>
    {
        for (var at = 0; at < from.Length; at++)
            said[at] = char.IsAsciiLetter(from[at]) || (char.IsAsciiDigit(from[at]) && at > 0) ? from[at] : '_';
    });

    // What is counted, in braces, is no unit; nor is the 1 of a flag.
    private static string? Unit(string? unit) => unit switch
    {
        "s" => "seconds",
        "By" => "bytes",
        "ms" => "milliseconds",
        _ => null,
    };
}
