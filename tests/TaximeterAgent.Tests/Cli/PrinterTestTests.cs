using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Devices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Hosting;
using TaximeterAgent.Printer;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Printer;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli;

/// <summary><c>printer test</c> on a printer at the other end of a line.</summary>
public sealed class PrinterTestTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public PrinterTestTests() => _configuration.With("Control:Socket", Json(_files.Path("no-agent.sock")));

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_page_is_on_paper_when_it_is_said_to_be()
    {
        using var rig = new PrinterRig();
        Assert.Equal(ExitCode.Ok, await RunAsync(rig));
        Assert.Contains(Assert.Single(rig.Paper.Slips).Lines, line => line.Contains("åäöæø", StringComparison.Ordinal));
        Assert.EndsWith("\nok, as the printer says: whether the page can be read, who looks at it knows\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paper_that_was_put_in_just_now_is_seen_although_the_printer_was_last_heard_of_without()
    {
        using var rig = new PrinterRig(fault: PaperFault.NoPaper);
        rig.Is(PrinterState.NoPaper);
        rig.Paper.Fault = PaperFault.None;
        Assert.Equal(ExitCode.Ok, await RunAsync(rig));
        Assert.Single(rig.Paper.Slips);
    }

    [Fact]
    public async Task A_printer_that_stays_open_is_no_success()
    {
        using var rig = new PrinterRig(fault: PaperFault.CoverOpen);
        rig.Is(PrinterState.CoverOpen);
        var fault = await Assert.ThrowsAsync<CommandFailedException>(() => RunAsync(rig));
        Assert.Equal(ExitCode.InputOutput, fault.ExitCode);
        Assert.Contains("its cover is open, a slip waits; close it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paper_that_ends_with_the_page_is_told()
    {
        using var rig = new PrinterRig();
        // At once, on the printer's own thread: before it is asked how it stands after the page.
        rig.Paper.Printed += _ => rig.Paper.Fault = PaperFault.NoPaper;
        var fault = await Assert.ThrowsAsync<CommandFailedException>(() => RunAsync(rig));
        Assert.Equal(ExitCode.InputOutput, fault.ExitCode);
        Assert.Contains("no paper; put paper in", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("the page may have come out in part", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_printer_that_says_nothing_only_so_much_is_said()
    {
        using var rig = new PrinterRig(asks: false);
        Assert.Equal(ExitCode.Ok, await RunAsync(rig));
        Assert.EndsWith("\ngiven to the printer, which does not say how it stands: whether the page came out, who looks at it knows\n", _output.ToString(), StringComparison.Ordinal);
        rig.Until(() => rig.Paper.Slips.Count == 1, "the page");
    }

    [Fact]
    public async Task A_printer_that_is_unplugged_meanwhile_ends_the_test()
    {
        using var rig = new PrinterRig(fault: PaperFault.NoPaper);
        rig.Is(PrinterState.NoPaper);
        var test = RunAsync(rig, () => rig.Paper.Unplug());
        var fault = await Assert.ThrowsAsync<CommandFailedException>(() => test);
        Assert.Equal(ExitCode.InputOutput, fault.ExitCode);
        Assert.Contains("is gone", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_command_prints_on_the_configured_printer_where_no_agent_runs()
    {
        using var paper = new PaperPrinter(_files.Path("printer"));
        _configuration.With("Printer:Kind", "\"escpos\"").With("Printer:Port", Json(paper.Path));
        Assert.Equal(ExitCode.Ok, await InvokeAsync("printer test --json"));
        Assert.Equal("taximeter-agent: no agent runs; testing the device itself.", _error.ToString().TrimEnd());
        var printer = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal(("open", "ready", 0), (printer.GetProperty("port").GetProperty("state").GetString(), printer.GetProperty("state").GetString(), printer.GetProperty("waiting").GetInt32()));
        Assert.Contains(Assert.Single(paper.Slips).Lines, line => line.Contains("12345678901234567890", StringComparison.Ordinal));
        Assert.Empty(paper.Faults);
    }

    [Fact]
    public async Task The_meters_line_is_not_taken_by_a_command()
    {
        using var box = new BypassRelay(TimeProvider.System);
        _configuration.With("Printer:Kind", "\"escpos\"").With("Printer:Port", Json(box.PrinterPort)).With("Printer:MeterPort", Json(box.MeterPort)).With("Printer:Bypass", "\"dtr\"");
        Assert.Equal(ExitCode.Unavailable, await InvokeAsync("printer test"));
        Assert.Contains("the printer is the meter's (Printer:MeterPort), and only the running agent may take its line", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, box.Changes);
    }

    [Theory]
    [InlineData(null, ExitCode.NotFound, "there is no printer: Printer:Kind is \"none\"")]
    [InlineData("/dev/no-such-printer", ExitCode.NotFound, "is not there")]
    [InlineData("/dev/null", ExitCode.InputOutput, "is neither a serial port nor a USB printer")]
    public async Task What_cannot_be_tested_ends_with_a_reason(string? port, int exitCode, string reason)
    {
        if (port is not null)
            _configuration.With("Printer:Kind", "\"escpos\"").With("Printer:Port", Json(port));
        Assert.Equal(exitCode, await InvokeAsync("printer test"));
        Assert.Contains(reason, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private Task<int> InvokeAsync(string command) => CommandLine.InvokeAsync([.. command.Split(' '), "--config", _configuration.File], AgentHost.RunAsync, _output, _error);

    // Time passes as fast as the printer is looked at.
    private async Task<int> RunAsync(PrinterRig rig, Action? given = null)
    {
        rig.Until(() => rig.Printer.Device is not null, "the port's first word");
        var test = new PrinterTest(_ => Task.FromResult(Reporting.Of(rig.Printer)), Give, new Report(_output, _error, json: false), rig.Time).RunAsync(s_patience, default);
        for (var glance = 0; glance < 3000 && !test.IsCompleted; glance++)
        {
            await Task.Delay(10);
            rig.Time.Advance(TimeSpan.FromMilliseconds(250));
        }

        return await test.WaitAsync(s_patience);

        Task Give(CancellationToken stop)
        {
            rig.Printer.PrintTestPage(Language.Norwegian);
            given?.Invoke();
            return Task.CompletedTask;
        }
    }
}
