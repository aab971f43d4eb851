using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Printer;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Printer;

/// <summary>The agent's printer, a line, and what comes out of the printer at its other end.</summary>
internal sealed class PrinterRig : IDisposable
{
    public const string Link = "https://api.vipps.no/dwo-api-application/v1/deeplink/vippsgateway?v=2&token=eyJraWQiOiJqd3RrZXkiLCJhbGciOiJSUzI1NiJ9";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TestFiles _files = new();
    private readonly Lock _gate = new();
    private readonly List<PrinterStatus> _told = [];

    public PrinterRig(QrPrinting qr = QrPrinting.Native, bool asks = true, PaperCut cut = PaperCut.Partial, bool answers = true, PaperFault fault = PaperFault.None, int columns = 32)
    {
        Paper = new PaperPrinter(_files.Path("printer"), columns, new PaperStyle(columns, new CodePage(858), qr, cut, [], "", "", TimeZoneInfo.Utc).Dots) { Answers = answers, Fault = fault };
        Style = new PaperStyle(columns, new CodePage(858), qr, cut, ["Østlandets Drosjer AS", "Org.nr. 987 654 321 MVA"], "Vipps", "NO-4711-T7", TimeZoneInfo.Utc);
        Printer = new EscPosPrinter(new PrinterPort(Paper.Path, 19_200, FlowControl.None), asks, Style, Time);
        Log = new StatusLog(Time);
        Printer.Start(Log.Add, Add);
    }

    public ManualTime Time { get; } = new();

    public PaperPrinter Paper { get; }

    public PaperStyle Style { get; }

    public EscPosPrinter Printer { get; }

    public StatusLog Log { get; }

    /// <summary>What was told of it, in order.</summary>
    public IReadOnlyList<PrinterStatus> Told
    {
        get
        {
            lock (_gate)
                return [.. _told];
        }
    }

    public static QrSlip Slip(string link = Link) => new(link, new Money(34_500, Currency.NOK), Language.Norwegian) { Trip = "4736" };

    public static PaperReceipt Receipt(Language language = Language.Norwegian)
    {
        var fare = new Fare(
            new TripId("NO-4711", "4736", "2026-11-21T02:53:13Z"), new Money(36_500, Currency.NOK), new Money(31_000, Currency.NOK), new Money(3_500, Currency.NOK), new Money(2_000, Currency.NOK), 1200, 2500)
        {
            Finish = "2026-11-21T03:17:13Z",
        };
        return new PaperReceipt(fare.Total, ReceiptLine.For(fare, 0, fare.Total.MinorUnits), language)
        {
            Trip = "4736",
            Finish = new DateTimeOffset(2026, 11, 21, 3, 17, 13, TimeSpan.Zero),
            Distance = 12_400,
            References = ["taxi-NO4711T7-4736-14ff24b4-1"],
            SalesUnit = "123456",
        };
    }

    /// <summary>Waits, without time passing for the printer.</summary>
    public void Until(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"{what} did not come about; told: {string.Join(", ", Told)}; on paper: {Paper.Hanging}");
            Thread.Sleep(5);
        }
    }

    public void Is(PrinterState state) => Until(() => Printer.Status.State == state, $"{state}, and not {Printer.Status.State},");

    /// <summary>Lets time pass until it is so.</summary>
    public void PassTo(Func<bool> condition, string what, int seconds = 120)
    {
        for (var second = 0; second < seconds && !condition(); second++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            for (var glance = 0; glance < 10 && !condition(); glance++)
                Thread.Sleep(5);
        }

        Until(condition, what);
    }

    public void Dispose()
    {
        Printer.Dispose();
        Paper.Dispose();
        _files.Dispose();
    }

    private void Add(PrinterStatus status)
    {
        lock (_gate)
            _told.Add(status);
    }
}
