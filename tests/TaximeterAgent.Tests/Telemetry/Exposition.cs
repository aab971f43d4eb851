using System.Globalization;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>Reads Prometheus' text format 0.0.4 by the letter: whatever is not as its page says is a fault that is thrown.</summary>
internal sealed partial class Exposition
{
    private readonly Dictionary<string, ExpositionFamily> _families = new(StringComparer.Ordinal);

    private Exposition()
    {
    }

    public IReadOnlyDictionary<string, ExpositionFamily> Families => _families;

    /// <exception cref="FormatException">It is not in that format.</exception>
    public static Exposition Read(string text)
    {
        var read = new Exposition();
        if (text.Length == 0 || text[^1] != '\n')
            throw new FormatException("The last line has no end.");
        ExpositionFamily? family = null;
        string? help = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var said = line["# HELP ".Length..].Split(' ', 2);
                Check(said.Length == 2 && Name().IsMatch(said[0]) && !LoneBackslash().IsMatch(said[1]), line);
                help = said[0];
                continue;
            }

            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var said = line["# TYPE ".Length..].Split(' ');
                Check(said.Length == 2 && said[0] == help && said[1] is "counter" or "gauge" or "histogram" or "summary" or "untyped", line);
                Check(!read._families.ContainsKey(said[0]), $"{line}: a second time");
                read._families[said[0]] = family = new ExpositionFamily(said[0], said[1]);
                continue;
            }

            Check(!line.StartsWith('#'), line);
            read.Take(Sample(line), family ?? throw new FormatException($"No TYPE before: {line}"), line);
        }

        foreach (var one in read._families.Values)
            one.Check();
        return read;
    }

    /// <summary>A sample's value; it is there once.</summary>
    public double Value(string name, params (string Name, string Value)[] labels) => Assert.Single(Samples(name), sample => labels.All(label => sample.Labels.TryGetValue(label.Name, out var value) && value == label.Value)).Value;

    public IEnumerable<ExpositionSample> Samples(string name) => _families.Values.SelectMany(family => family.Samples).Where(sample => sample.Name == name);

    private void Take(ExpositionSample sample, ExpositionFamily family, string line)
    {
        var names = family.Type == "histogram" ? [family.Name + "_bucket", family.Name + "_sum", family.Name + "_count"] : new[] { family.Name };
        Check(names.Contains(sample.Name), $"{line}: not of {family.Name}, a {family.Type}");
        Check(!family.Samples.Any(other => other.Name == sample.Name && other.Key == sample.Key), $"{line}: a second time");
        family.Samples.Add(sample);
    }

    private static ExpositionSample Sample(string line)
    {
        var match = Line().Match(line);
        Check(match.Success, line);
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < match.Groups["label"].Captures.Count; at++)
            Check(labels.TryAdd(match.Groups["label"].Captures[at].Value, Unescaped(match.Groups["text"].Captures[at].Value)), line);
        return new ExpositionSample(match.Groups["name"].Value, labels, Number(match.Groups["value"].Value));
    }

    private static string Unescaped(string text) => Escape().Replace(text, escape => escape.Value switch { "\\n" => "\n", "\\\"" => "\"", _ => "\\" });

    internal static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static void Check(bool well, string what)
    {
        if (!well)
            throw new FormatException(what);
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<text>(\\\\|\\"|\\n|[^"\\\n])*)",?)*(?<!,)\})? (?<value>[^ ]+)$""")]
    private static partial Regex Line();

    [GeneratedRegex(@"^[a-zA-Z_:][a-zA-Z0-9_:]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"\\(\\|""|n)")]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<!\\)(\\\\)*\\(?![\\n])")]
    private static partial Regex LoneBackslash();
}

/// <summary>A metric.</summary>
internal sealed record ExpositionFamily(string Name, string Type)
{
    public List<ExpositionSample> Samples { get; } = [];

    /// <summary>A family without a sample, a counter that is below 0 or has no <c>_total</c>, and a histogram whose buckets do not add up are faults.</summary>
    public void Check()
    {
        if (Samples.Count == 0)
            throw new FormatException($"{Name} has no sample");
        if (Type == "counter" && (!Name.EndsWith("_total", StringComparison.Ordinal) || Samples.Any(sample => !(sample.Value >= 0))))
            throw new FormatException($"{Name} is no counter");
        if (Type != "histogram")
            return;
        foreach (var series in Samples.GroupBy(sample => sample.WithoutBound))
        {
            var buckets = series.Where(sample => sample.Name == $"{Name}_bucket").Select(sample => (Bound: Exposition.Number(sample.Labels["le"]), sample.Value)).ToList();
            var count = series.Single(sample => sample.Name == $"{Name}_count").Value;
            _ = series.Single(sample => sample.Name == $"{Name}_sum");
            if (!buckets.SequenceEqual(buckets.OrderBy(bucket => bucket.Bound)) || !buckets.SequenceEqual(buckets.OrderBy(bucket => bucket.Value))
                || buckets is not [.., (double.PositiveInfinity, var all)] || all != count)
                throw new FormatException($"{Name}{{{series.Key}}}: the buckets do not add up");
        }
    }
}

/// <summary>One line.</summary>
internal sealed record ExpositionSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    public string Key => string.Join(',', Labels.Select(label => $"{label.Key}={label.Value}"));

    public string WithoutBound => string.Join(',', Labels.Where(label => label.Key != "le").Select(label => $"{label.Key}={label.Value}"));
}
