namespace TaximeterAgent.Simulator.Car;

/// <summary>What stood on the display from <paramref name="At"/> on: every line in its full width.</summary>
internal sealed record Screen(DateTimeOffset At, IReadOnlyList<string> Lines)
{
    public bool Shows(string text) => Lines.Any(line => line.Contains(text, StringComparison.OrdinalIgnoreCase));

    public bool IsBlank => Lines.All(string.IsNullOrWhiteSpace);

    public bool SameAs(Screen other) => Lines.SequenceEqual(other.Lines);

    public override string ToString() => "[" + string.Join("|", Lines) + "]";
}
