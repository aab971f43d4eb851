using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Printer;

/// <summary>A car without a printer of ours.</summary>
internal sealed class NoPrinter : ICustomerPrinter
{
    /// <inheritdoc/>
    public bool Fitted => false;

    /// <inheritdoc/>
    public bool InLine => false;

    /// <inheritdoc/>
    public PrinterStatus Status => PrinterStatus.None;

    /// <inheritdoc/>
    public DeviceStatus? Device => null;

    /// <inheritdoc/>
    public void Start(Action<DeviceStatus> device, Action<PrinterStatus> changed)
    {
        // Nothing will change.
    }

    /// <inheritdoc/>
    public void PrintLink(QrSlip slip)
    {
        // There is no paper.
    }

    /// <inheritdoc/>
    public void ForgetLink()
    {
        // None waits.
    }

    /// <inheritdoc/>
    public void PrintReceipt(PaperReceipt receipt)
    {
        // There is no paper.
    }

    /// <inheritdoc/>
    public void PrintTestPage(Language language)
    {
        // There is no paper.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is open.
    }
}
