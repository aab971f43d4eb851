using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Tests.Driver;

/// <summary>Paper that nothing is printed on: what it was given is kept, and it is as the test says.</summary>
internal sealed class KeptPaper : ICustomerPrinter
{
    private int _pages;

    public List<QrSlip> Slips { get; } = [];

    public bool Forgotten { get; private set; }

    /// <summary>Test pages that it was given.</summary>
    public int Pages => Volatile.Read(ref _pages);

    public bool Fitted { get; set; } = true;

    public bool InLine { get; set; }

    /// <summary>True if a test page waits for nothing.</summary>
    public bool Prints { get; set; }

    public PrinterStatus Status { get; set; } = new(PrinterState.Ready);

    public DeviceStatus? Device { get; set; }

    public void Start(Action<DeviceStatus> device, Action<PrinterStatus> changed)
    {
        // Nothing changes by itself.
    }

    public void PrintLink(QrSlip slip)
    {
        Slips.Add(slip);
        Status = Status with { Link = SlipState.Waiting };
        Forgotten = false;
    }

    public void ForgetLink() => Forgotten = true;

    public void PrintReceipt(PaperReceipt receipt)
    {
        // Not asked for yet.
    }

    public void PrintTestPage(Language language)
    {
        if (!Prints)
            Status = Status with { Waiting = 1 };
        Interlocked.Increment(ref _pages);
    }

    public void Dispose()
    {
        // Nothing is open.
    }
}
