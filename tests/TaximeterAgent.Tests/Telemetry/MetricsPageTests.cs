using System.Text;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Prometheus;
using TaximeterAgent.Telemetry.Traces;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>docs/metrics.md has every metric of ours as the code has it. With TAXIMETER_WRITE_DOCS set, its table is written instead of compared.</summary>
public sealed class MetricsPageTests
{
    private static string Page => Path.Combine(Repository.Root, "docs", "metrics.md");

    [Fact]
    public void The_page_has_every_metric_as_it_is() => Held("the metrics", Metrics());

    [Fact]
    public void The_page_has_every_span_as_it_is() => Held("the spans", Spans());

    [Fact]
    public void Names_are_ours_and_there_once_and_every_unit_is_one_that_Prometheus_names_know()
    {
        Assert.Equal(MetricTable.All.Length, MetricTable.All.Select(Prometheus).Distinct().Count());
        Assert.All(MetricTable.All, metric =>
        {
            Assert.StartsWith("taximeter.", metric.Name, StringComparison.Ordinal);
            Assert.Matches(@"^(s|By|1|\{[a-z_]+\})$", metric.Unit);
            Assert.Equal(metric.Kind == MetricKind.Histogram, metric.Buckets.Count > 0);
            Assert.Equal(metric.Buckets.Order(), metric.Buckets);
            Assert.All(metric.Labels, label => Assert.StartsWith("taximeter.", label.Name, StringComparison.Ordinal));
        });
    }

    internal static string Prometheus(Metric metric) => PrometheusName.Of(metric.Name, metric.Unit, metric.Kind == MetricKind.Counter);

    private static void Held(string what, string made)
    {
        var (first, last) = ($"<!-- generated: {what} -->", $"<!-- end of {what} -->");
        var page = File.ReadAllText(Page);
        var begin = page.IndexOf(first, StringComparison.Ordinal) + first.Length;
        var end = page.IndexOf(last, StringComparison.Ordinal);
        Assert.True(begin > first.Length && end > begin, $"{Page} has lost its marks of {what}");
        var whole = page[..begin] + "\n\n" + made + "\n" + page[end..];
        if (Environment.GetEnvironmentVariable("TAXIMETER_WRITE_DOCS") is { Length: > 0 })
            File.WriteAllText(Page, whole);
        else
            Assert.True(whole == page, $"{Page} is not what the code does: run TAXIMETER_WRITE_DOCS=1 dotnet test tests/TaximeterAgent.Tests --filter MetricsPage, and read the difference");
    }

    private static string Metrics()
    {
        var text = new StringBuilder("| metric | in Prometheus | kind | unit | split by | meaning |\n|---|---|---|---|---|---|\n");
        foreach (var metric in MetricTable.All)
        {
            var labels = string.Join("; ", metric.Labels.Select(label => $"`{label.Name}`: {label.Values}"));
            text.Append($"| `{metric.Name}` | `{Prometheus(metric)}` | {metric.Kind.ToString().ToLowerInvariant()} | `{metric.Unit}` | {labels} | {metric.Meaning} |\n");
        }

        return text.ToString();
    }

    private static string Spans()
    {
        var text = new StringBuilder("| span | what it is | attributes |\n|---|---|---|\n");
        foreach (var span in SpanTable.All)
            text.Append($"| `{span.Name}` | {span.Meaning} | {string.Join("; ", span.Attributes.Select(label => $"`{label.Name}`: {label.Values}"))} |\n");
        return text.ToString();
    }
}
