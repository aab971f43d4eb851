using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Printer;

/// <summary>
/// Paper for the customer. No call waits and none fails: a printer that is off, or out of paper, never holds a payment back. What becomes of a slip is told by
/// <see cref="Status"/>.
/// </summary>
internal interface ICustomerPrinter : IDisposable
{
    /// <summary>False in a car without a printer: nothing on paper is to be offered, and what is given to be printed is dropped.</summary>
    bool Fitted { get; }

    /// <summary>True if it is the meter's own, on whose line the agent sits.</summary>
    bool InLine { get; }

    /// <summary>How it stands with the printer and its paper; from any thread.</summary>
    PrinterStatus Status { get; }

    /// <summary>How it stands with the port; null before the first report, and without a printer.</summary>
    DeviceStatus? Device { get; }

    /// <summary>Begins; both are called on threads of the printer's own and must return soon.</summary>
    /// <param name="device">Told how it stands with the port.</param>
    /// <param name="changed">Told when <see cref="Status"/> has changed.</param>
    void Start(Action<DeviceStatus> device, Action<PrinterStatus> changed);

    /// <summary>Prints a link to pay by. It takes the place of one that waits.</summary>
    void PrintLink(QrSlip slip);

    /// <summary>A link that waits is not printed any more: it is paid, or over. What is being printed is printed to its end.</summary>
    void ForgetLink();

    /// <summary>Prints a trip's receipt. What a full queue has no room for is dropped, and told.</summary>
    void PrintReceipt(PaperReceipt receipt);

    /// <summary>Prints a page for a technician to look at.</summary>
    void PrintTestPage(Language language);
}
