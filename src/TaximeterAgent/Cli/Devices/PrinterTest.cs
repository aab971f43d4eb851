using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Cli.Devices;

/// <summary>Has a page printed and follows it until it is on paper or cannot be. Knows only what the printer says of itself, not who holds it.</summary>
/// <param name="look">How the printer is; null where there is none.</param>
/// <param name="give">Gives it the page.</param>
/// <param name="report">Where it is told.</param>
/// <param name="time">How time passes.</param>
internal sealed class PrinterTest(Func<CancellationToken, Task<PrinterReport?>> look, Func<CancellationToken, Task> give, Report report, TimeProvider time)
{
    /// <summary>So old what the printer has last said of itself can be: it is asked anew for the page, and must have answered.</summary>
    public static readonly TimeSpan Grace = PrinterSession.RetryWaiting + 2 * PrinterSession.AnswerTimeout;

    /// <summary>From the page's last byte to the word whether paper has lasted for it.</summary>
    public static readonly TimeSpan Settling = PrinterSession.LookAfter + PrinterSession.AnswerTimeout;

    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(250);

    /// <param name="patience">How long the page may wait: for paper, or for the meter to be quiet.</param>
    /// <param name="stop">Ends it; a page that was given stays given.</param>
    /// <exception cref="CommandFailedException">There is no printer, or the page is not on paper; the message says why.</exception>
    public async Task<int> RunAsync(TimeSpan patience, CancellationToken stop)
    {
        var before = await DemandAsync(stop);
        if (!report.Json && before.Port.Message is { } message)
            await report.WriteLineAsync(message);
        await give(stop);
        var printer = await PrintedAsync(patience, before.Dropped, stop);
        if (printer.State == Kebab.Of(PrinterState.Ready))
            printer = await SettledAsync(stop);
        if (report.Json)
            await report.WriteJsonAsync(JsonSerializer.Serialize(printer, AnswerJson.Context.PrinterReport));
        else
            await report.WriteLineAsync(printer.State == Kebab.Of(PrinterState.Ready)
                ? "ok, as the printer says: whether the page can be read, who looks at it knows"
                : "given to the printer, which does not say how it stands: whether the page came out, who looks at it knows");
        return ExitCode.Ok;
    }

    private async Task<PrinterReport> PrintedAsync(TimeSpan patience, long dropped, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var printer = await DemandAsync(stop);
            if (printer.Dropped > dropped)
                throw new CommandFailedException(ExitCode.InputOutput, "the page was not printed, or not to its end: the printer went away, or had too much to print");
            if (printer.Waiting == 0)
                return printer;
            var waited = time.GetElapsedTime(begun);
            if (waited >= Grace && PrinterHealth.Of(printer) is { Level: Level.Yellow } trouble)
                throw Failed(trouble, string.Create(CultureInfo.InvariantCulture, $"the page is forgotten after {SlipPrinter.ReceiptPatience.TotalMinutes:0} minutes"));
            if (waited >= patience)
            {
                throw new CommandFailedException(ExitCode.TryAgain, string.Create(
                    CultureInfo.InvariantCulture, $"the page was not printed within {patience.TotalSeconds:0} seconds{(printer.InLine ? ": the meter prints without a pause" : "")}; it still waits"));
            }

            await Task.Delay(s_glance, time, stop);
        }
    }

    private async Task<PrinterReport> SettledAsync(CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var printer = await DemandAsync(stop);
            if (PrinterHealth.Of(printer) is { Level: Level.Yellow } trouble)
                throw Failed(trouble, "the page may have come out in part");
            if (time.GetElapsedTime(begun) >= Settling)
                return printer;
            await Task.Delay(s_glance, time, stop);
        }
    }

    private static CommandFailedException Failed(Grade trouble, string page) => new(ExitCode.InputOutput, $"the printer: {trouble.Why}; {trouble.Cure}; {page}");

    private async Task<PrinterReport> DemandAsync(CancellationToken stop)
    {
        if (await look(stop) is not { } printer)
            throw new CommandFailedException(ExitCode.NotFound, $"there is no printer: {Configuration.Keys.PrinterKindOf.Name} is \"none\"");
        DeviceTest.Demand("printer", printer.Port.State, printer.Port.Message);
        return printer;
    }
}
