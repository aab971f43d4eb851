using System.Text.Json;
using System.Text.RegularExpressions;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Prometheus;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>Each expression of deploy/grafana/taximeter-agent.json asks for what a real agent tells after a paid trip, and nothing that it tells is left out.</summary>
public sealed partial class DashboardTests(PaidTrip trip) : IClassFixture<PaidTrip>
{
    /// <summary>What a car without a fleet, whose payments all went well, has no cause to tell: held against the table instead.</summary>
    private static readonly Metric[] s_notThere = [MetricTable.Unpaid, MetricTable.Refunded, MetricTable.RelayConnected, MetricTable.RelayMessages];

    /// <summary>Labels that Prometheus adds when it scrapes.</summary>
    private static readonly string[] s_added = ["instance", "job"];

    private static readonly string[] s_words = ["by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "bool", "offset"];

    [Fact]
    public void Every_expression_asks_for_metrics_and_labels_that_there_are()
    {
        var expressions = Expressions();
        Assert.True(expressions.Count > 30, $"only {expressions.Count} expressions");
        Assert.Empty(expressions.SelectMany(Faults));
    }

    [Theory]
    [InlineData("sum(taximeter_trips)", "taximeter_trips is told by no agent")]
    [InlineData("rate(taximeter_trips_total{taximeter_result=\"paid\"}[5m])", "taximeter_trips_total has no label taximeter_result")]
    [InlineData("sum by (taximeter_reason) (taximeter_trips_total)", "nothing in it has a label taximeter_reason")]
    [InlineData("taximeter_outbox_commit_duration_seconds", "taximeter_outbox_commit_duration_seconds is told by no agent")]
    [InlineData("taximeter_relay_messages_total{taximeter_state=\"a\"}", "taximeter_relay_messages_total has no label taximeter_state")]
    public void A_name_that_is_none_would_be_found(string expression, string fault) => Assert.Contains(fault, Assert.Single(Faults(expression)), StringComparison.Ordinal);

    [Fact]
    public void Every_metric_of_ours_is_on_it()
    {
        var all = string.Join('\n', Expressions());
        Assert.All(MetricTable.All.Select(MetricsPageTests.Prometheus), name => Assert.Matches($@"\b{name}(_bucket|_count|_sum)?\b", all));
    }

    [Fact]
    public void A_metric_is_asked_for_as_what_it_is()
    {
        // A counter that is not made a rate says nothing after a restart; a gauge has none.
        foreach (var expression in Expressions())
        {
            foreach (Match match in Selector().Matches(expression))
            {
                var name = match.Groups["name"].Value;
                if (name.EndsWith("_total", StringComparison.Ordinal) || name.EndsWith("_bucket", StringComparison.Ordinal) || name.EndsWith("_count", StringComparison.Ordinal))
                    Assert.True(match.Groups["range"].Success, $"{expression}: {name} is counted");
                else if (name.StartsWith("taximeter_", StringComparison.Ordinal))
                    Assert.False(match.Groups["range"].Success, $"{expression}: {name} is not counted");
            }
        }
    }

    private IEnumerable<string> Faults(string expression)
    {
        var bare = Text().Replace(expression, "\"\"");
        var known = new HashSet<string>(s_added);
        foreach (Match selector in Selector().Matches(bare))
        {
            var name = selector.Groups["name"].Value;
            if (s_words.Contains(name))
                continue;
            if (LabelsOf(name) is not { } labels)
            {
                yield return $"{expression}: {name} is told by no agent";
                yield break;
            }

            known.UnionWith(labels);
            foreach (Match label in Label().Matches(selector.Groups["labels"].Value))
            {
                if (!labels.Contains(label.Groups["label"].Value) && !s_added.Contains(label.Groups["label"].Value))
                    yield return $"{expression}: {name} has no label {label.Groups["label"].Value}";
            }
        }

        foreach (Match grouped in Grouping().Matches(bare))
        {
            foreach (var label in grouped.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries).Where(label => !known.Contains(label)))
                yield return $"{expression}: nothing in it has a label {label}";
        }
    }

    private HashSet<string>? LabelsOf(string name)
    {
        if (s_notThere.FirstOrDefault(metric => MetricsPageTests.Prometheus(metric) == name) is { } metric)
            return [.. metric.Labels.Select(label => PrometheusName.Label(label.Name))];
        var samples = trip.Read.Samples(name).ToList();
        return samples.Count == 0 ? null : [.. samples.SelectMany(sample => sample.Labels.Keys)];
    }

    private static List<string> Expressions()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana", "taximeter-agent.json")));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)];
    }

    // A name that no bracket makes a function, nor stands in the brackets behind a by.
    [GeneratedRegex("""(?<!(by|on|without|group_left) \([^)]*)(?<![\w"$.])(?<name>[a-zA-Z_:][\w:]*)\b(?!\s*(\(|by\b|without\b))(?!\s*[=!]~?=?\s*")(\{(?<labels>[^}]*)\})?(?<range>\[[^\]]*\])?""")]
    private static partial Regex Selector();

    [GeneratedRegex("""(?<label>[a-zA-Z_]\w*)\s*(=~|!~|!=|=)""")]
    private static partial Regex Label();

    [GeneratedRegex("""\b(by|on|without|group_left) \((?<labels>[^)]*)\)""")]
    private static partial Regex Grouping();

    [GeneratedRegex("""
        "[^"]*"
        """)]
    private static partial Regex Text();
}
