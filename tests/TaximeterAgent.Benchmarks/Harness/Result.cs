using System.Globalization;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Benchmarks;

/// <summary>What came of one line.</summary>
internal abstract record Result(string Name)
{
    /// <summary>What follows <c>bench NAME</c>, and ends in its last word.</summary>
    public abstract string Text { get; }

    /// <summary>What else is worth saying.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>For programs: numbers in the unit that it names, not scaled and not rounded.</summary>
    public virtual JsonObject ToJson() => new() { ["name"] = Name, ["remarks"] = new JsonArray([.. Remarks.Select(remark => (JsonNode)remark)]) };

    protected static string Plain(double ratio) => ratio.ToString("0.0##", CultureInfo.InvariantCulture);
}

/// <summary>Both sides of one round.</summary>
internal readonly record struct Round(double Ours, double Limit);

/// <summary>Of a comparison.</summary>
/// <param name="Comparison">What was compared.</param>
/// <param name="Self">The rounds of the limit against itself.</param>
/// <param name="Rounds">The rounds of ours against the limit.</param>
internal sealed record RatioResult(Comparison Comparison, IReadOnlyList<Round> Self, IReadOnlyList<Round> Rounds) : Result(Comparison.Name)
{
    public double Ours => Median.Of(Rounds.Select(round => round.Ours));

    public double Limit => Median.Of(Rounds.Select(round => round.Limit));

    /// <summary>The median of the rounds' ratios: the two sides of a round saw the same machine.</summary>
    public double Ratio => Median.Of(Ratios(Rounds));

    public double SelfRatio => Median.Of(Ratios(Self));

    public Verdict Verdict => Judge.OfRatio(SelfRatio, Ratio, Comparison.Goal);

    public override string Text
    {
        get
        {
            var sides = Comparison.Unit.Write(Ours, Limit);
            return $"ours={sides[0]} limit={sides[1]} ratio={Plain(Ratio)} goal={Plain(Comparison.Goal)} {Verdict.Word()}";
        }
    }

    /// <summary>How far the rounds lie apart: what a reader needs to believe the line or not.</summary>
    public string Spread => $"limit against itself {Plain(SelfRatio)} ({Range(Self)}), ours against it {Range(Rounds)}, {Rounds.Count} rounds";

    public override JsonObject ToJson()
    {
        var json = base.ToJson();
        json["unit"] = Comparison.Unit.Name;
        json["ours"] = Ours;
        json["limit"] = Limit;
        json["ratio"] = Ratio;
        json["self"] = SelfRatio;
        json["goal"] = Comparison.Goal;
        json["verdict"] = Verdict.Word();
        json["rounds"] = Rows(Rounds);
        json["selfRounds"] = Rows(Self);
        return json;
    }

    private static JsonArray Rows(IReadOnlyList<Round> rounds) => new([.. rounds.Select(round => new JsonArray(round.Ours, round.Limit))]);

    private IEnumerable<double> Ratios(IReadOnlyList<Round> rounds) => rounds.Select(round => Comparison.Ratio(round.Ours, round.Limit));

    private string Range(IReadOnlyList<Round> rounds) => $"{Plain(Ratios(rounds).Min())} to {Plain(Ratios(rounds).Max())}";
}

/// <summary>Of something that is counted, and has no limit beside it.</summary>
internal sealed record CountResult(string Name, Unit Unit, double Ours, double Goal, bool MoreIsBetter) : Result(Name)
{
    public Verdict Verdict => Judge.OfCount(Ours, Goal, MoreIsBetter);

    public override string Text => $"ours={Unit.Write(Ours)[0]} goal={Unit.Write(Goal)[0]} {Verdict.Word()}";

    public override JsonObject ToJson()
    {
        var json = base.ToJson();
        json["unit"] = Unit.Name;
        json["ours"] = Ours;
        json["goal"] = Goal;
        json["verdict"] = Verdict.Word();
        return json;
    }
}

/// <summary>It could not be measured here, or it broke.</summary>
/// <param name="Word"><c>skipped</c> or <c>broken</c>.</param>
/// <param name="Why">For people.</param>
internal sealed record NoResult(string Name, string Word, string Why) : Result(Name)
{
    public const string Skipped = "skipped";
    public const string Broken = "broken";

    public override string Text => $"{Word}: {Why}";

    public override JsonObject ToJson()
    {
        var json = base.ToJson();
        json["verdict"] = Word;
        json["why"] = Why;
        return json;
    }
}
