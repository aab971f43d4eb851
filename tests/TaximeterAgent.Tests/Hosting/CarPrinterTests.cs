using TaximeterAgent.Control.Watch;
using TaximeterAgent.Printer;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Hosting;

/// <summary>The customer's printer in the car: what it says reaches the driver's display by the car's status, and whoever watches keys or lines is told nothing of it.</summary>
public sealed class CarPrinterTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly PaperPrinter _paper;

    public CarPrinterTests() => _paper = new PaperPrinter(_files.Path("printer"));

    public void Dispose()
    {
        _paper.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void A_car_without_a_printer_offers_no_paper()
    {
        using var bench = new CarBench();
        Assert.Null(bench.Car.Status.Printer);
    }

    [Fact]
    public void What_the_printer_says_is_in_the_cars_status_and_a_change_begins_a_round_of_the_engine()
    {
        using var bench = new CarBench(printer: _paper.Path);
        var rounds = 0;
        bench.Car.Engine.Settled += () => rounds++;
        Is(bench, PrinterState.Ready);
        bench.Until(() => rounds > 0, "a round, which draws the display");
        _paper.Unplug();
        Is(bench, PrinterState.Off);
        Assert.DoesNotContain(bench.Read(WatchTopic.Keypad).Concat(bench.Read(WatchTopic.Gpio)), line => line.Contains("printer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_printer_without_paper_is_known_before_anything_is_printed()
    {
        _paper.Fault = PaperFault.NoPaper;
        using var bench = new CarBench(printer: _paper.Path);
        Is(bench, PrinterState.NoPaper);
        Assert.False(bench.Car.Status.Printer!.CanPrint);
    }

    private static void Is(CarBench bench, PrinterState state) => bench.Until(() => bench.Car.Status.Printer?.State == state, $"{state}");
}
