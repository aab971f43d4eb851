using System.Text;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Prometheus;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>docs/metrics.md has every metric of ours as the code has it. With TAXIMETER_WRITE_DOCS set, its table is written instead of compared.</summary>
public sealed class MetricsPageTests
{
    private const string Begin = "<!-- generated: the metrics -->";
    private const string End = "<!-- end of the metrics -->";

    private static string Page => Path.Combine(Repository.Root, "docs", "metrics.md");

    [Fact]
    public void The_page_has_every_metric_as_it_is()
    {
        var page = File.ReadAllText(Page);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin > Begin.Length && end > begin, $"{Page} has lost its marks");
        var made = page[..begin] + "\n\n" + Table() + "\n" + page[end..];
        if (Environment.GetEnvironmentVariable("TAXIMETER_WRITE_DOCS") is { Length: > 0 })
            File.WriteAllText(Page, made);
        else
            Assert.True(made == page, $"{Page} is not what the code does: run TAXIMETER_WRITE_DOCS=1 dotnet test tests/TaximeterAgent.Tests --filter MetricsPage, and read the difference");
    }

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

    private static string Table()
    {
        var text = new StringBuilder("| metric | in Prometheus | kind | unit | split by | meaning |\n|---|---|---|---|---|---|\n");
        foreach (var metric in MetricTable.All)
        {
            var labels = string.Join("; ", metric.Labels.Select(label => $"`{label.Name}`: {label.Values}"));
            text.Append($"| `{metric.Name}` | `{Prometheus(metric)}` | {metric.Kind.ToString().ToLowerInvariant()} | `{metric.Unit}` | {labels} | {metric.Meaning} |\n");
        }

        return text.ToString();
    }
}
