using System.Text;
using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Meter.Learn;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Meter.Print.Templates;
using TaximeterAgent.Tests.Meter.Print;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Meter;

/// <summary>What a template reads from a captured print, as a technician sees it.</summary>
public sealed class MeterLearnTests : IDisposable
{
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_sample_is_read_best_by_its_own_template()
    {
        List<ReceiptTemplate> all = [.. ShippedTemplates.All];
        foreach (var name in Samples.Names)
            Assert.Equal(name.Split('/')[0], Assert.Single(LearnCommand.Read([Samples.Bytes(name)], all).Prints).Template);
    }

    [Fact]
    public async Task A_capture_is_shown_line_by_line_with_what_was_read_what_is_missing_and_what_it_comes_to()
    {
        var (exitCode, output, error) = await AgentProcess.RunAsync(["meter", "learn", Samples.PathOf("narrow-nb/supplement", ".bin")]);

        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        Assert.Contains("read by template narrow-nb", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^  Takst 2           310,00 +tariff 2, fare 310,00$", output);
        Assert.Contains("total 345.00 NOK = fare 310.00 + supplements 35.00 + tip 0.00; VAT 12 %; trip 4736", output, StringComparison.Ordinal);
        Assert.Contains("not on it: tip", output, StringComparison.Ordinal);
        Assert.Contains("a fare of 345.00 NOK", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_print_in_doubt_says_why_and_a_template_by_file_is_taken()
    {
        var template = Path.Combine(Samples.Folder, "narrow-nb.template");
        var (exitCode, output, _) = await AgentProcess.RunAsync(["meter", "learn", Samples.PathOf("narrow-nb/two-totals", ".bin"), "--template", template]);

        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Contains("doubtful, the driver is asked: it has two different totals", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a fare of", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_is_wrong_is_told_with_its_lines()
    {
        File.WriteAllText(_files.Path("bad.template"), "currency NOK\nline TOTAL {totl}\n");
        var (exitCode, _, error) = await AgentProcess.RunAsync(["meter", "learn", Samples.PathOf("narrow-nb/plain", ".bin"), "--template", _files.Path("bad.template")]);

        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("line 2 has {totl}, which is not known: {total} is", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_a_watcher_are_parted_where_the_meter_was_silent()
    {
        var at = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
        var lines = new StringBuilder();
        foreach (var (seconds, bytes) in new[] { (0, "Org.nr 999888777\n"u8.ToArray()), (1, Samples.Bytes("compact-en/plain")), (9, Samples.Bytes("compact-en/extras")) })
            lines.Append(JsonSerializer.Serialize(new WatchReport(at.AddSeconds(seconds), "bytes") { From = "meter", Text = Convert.ToHexString(bytes) }, AnswerJson.Context.WatchReport)).Append('\n');
        File.WriteAllText(_files.Path("prints"), lines.ToString());

        var (exitCode, output, _) = await AgentProcess.RunAsync(["meter", "learn", _files.Path("prints"), "--json", "--template", "compact-en"]);

        Assert.Equal(ExitCode.Ok, exitCode);
        var found = JsonSerializer.Deserialize(output, CliJson.Default.LearnOutput)!;
        Assert.Equal([1_820L, 2_200L], found.Prints.Select(print => print.Total!.Value));
        // What no pattern has asked for may be a customer's number.
        Assert.Equal("Org.nr •••• ••77", found.Prints[0].Lines[0].Text);
    }

    [Fact]
    public async Task What_holds_no_print_is_refused()
    {
        File.WriteAllBytes(_files.Path("none"), "\n\n\n"u8.ToArray());
        Assert.Equal(ExitCode.NotPossible, (await AgentProcess.RunAsync(["meter", "learn", _files.Path("none")])).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await AgentProcess.RunAsync(["meter", "learn", _files.Path("nothing")])).ExitCode);
    }
}
