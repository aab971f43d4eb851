using System.Runtime.CompilerServices;
using System.Text;

namespace TaximeterAgent.Core.Tests.Payments.Map;

/// <summary>docs/payments.md draws the state machine that the code has: what lies between its two marks is made here and compared.</summary>
public sealed class PaymentMapTests
{
    private const string Begin = "<!-- generated: the map of payments -->";
    private const string End = "<!-- end of the map -->";

    private static readonly PaymentMap s_map = PaymentMap.Walk();

    /// <summary>With TAXIMETER_WRITE_DOCS set, the page is written instead of compared.</summary>
    [Fact]
    public void The_page_is_what_the_code_does()
    {
        var page = File.ReadAllText(Page);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin > Begin.Length && end > begin, $"{Page} has lost its marks");
        var made = page[..begin] + "\n\n" + Diagram() + "\n" + Table() + "\n" + page[end..];
        if (Environment.GetEnvironmentVariable("TAXIMETER_WRITE_DOCS") is { Length: > 0 })
            File.WriteAllText(Page, made);
        else
            Assert.True(made == page, $"{Page} is not what the code does: run TAXIMETER_WRITE_DOCS=1 dotnet test --filter PaymentMap, and read the difference");
    }

    [Fact]
    public void A_code_on_paper_has_the_life_of_any_request()
    {
        var code = PaymentMap.Walk(byCode: true);
        Assert.Equal(s_map.Steps, code.Steps);
    }

    [Fact]
    public void Every_place_has_a_name_and_is_reached()
    {
        var places = s_map.Steps.SelectMany(step => new[] { step.From, step.To }).Distinct().ToList();
        Assert.DoesNotContain(places, place => Places.Order(place) > 18);
        Assert.Equal(19, places.Count);
    }

    [Fact]
    public void From_void_and_from_another_way_to_pay_no_step_leads_back_to_a_capture()
    {
        Assert.DoesNotContain(s_map.Steps, step => step.From is "void" or "other way to pay" && (step.To is "to be sent" or "with the customer" or "being captured" or "paid" || step.NextCall is "create" or "capture"));
    }

    [Fact]
    public void Paid_is_told_only_by_a_reading_that_shows_it() =>
        Assert.All(s_map.Steps.Where(step => step.Told == "PAID"), step => Assert.Matches("capture: done|captured|let it stand", step.What));

    private static string Diagram()
    {
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        var places = s_map.Steps.SelectMany(step => new[] { step.From, step.To }).Distinct().OrderBy(Places.Order).ToList();
        foreach (var place in places)
            text.Append("  state \"").Append(place).Append("\" as ").Append(Id(place)).Append('\n');
        text.Append("  [*] --> ").Append(Id("number asked")).Append(" : FARE\n");
        foreach (var step in s_map.Steps.Where(step => step.From != step.To).Select(step => (step.From, step.To)).Distinct())
            text.Append("  ").Append(Id(step.From)).Append(" --> ").Append(Id(step.To)).Append('\n');
        return text.Append("```\n").ToString();
    }

    private static string Table()
    {
        var text = new StringBuilder();
        foreach (var group in s_map.Steps.GroupBy(step => step.From).OrderBy(group => Places.Order(group.Key)))
        {
            text.Append("### ").Append(group.Key).Append("\n\n| what happens | becomes | next call | the meter is told |\n|---|---|---|---|\n");
            foreach (var step in group)
                text.Append("| ").Append(step.What).Append(" | ").Append(step.To == step.From ? "·" : step.To).Append(" | ").Append(step.NextCall).Append(" | ").Append(step.Told).Append(" |\n");
            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static string Id(string place) => string.Concat(place.Select(c => char.IsLetter(c) ? c : '_'));

    private static string Page => Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "..", "docs", "payments.md"));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
