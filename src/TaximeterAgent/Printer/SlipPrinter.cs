using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Printer;

/// <summary>A printer that is there: what is to be printed, and for how long it waits, whatever way the bytes go.</summary>
internal abstract class SlipPrinter : ICustomerPrinter
{
    /// <summary>How long a receipt waits for a printer that would not print: after that its customer is gone.</summary>
    public static readonly TimeSpan ReceiptPatience = TimeSpan.FromMinutes(5);

    /// <summary>The same for a link that says no end.</summary>
    public static readonly TimeSpan LinkPatience = TimeSpan.FromMinutes(10);

    private readonly PaperStyle _style;
    private readonly TimeProvider _time;

    /// <param name="asks">False for a printer that cannot answer, or whose answers are another's: then its state is never known.</param>
    /// <param name="baudRate">Bits a second.</param>
    /// <param name="style">What the paper is like.</param>
    /// <param name="time">How time passes.</param>
    protected SlipPrinter(bool asks, int baudRate, PaperStyle style, TimeProvider time)
    {
        _style = style;
        _time = time;
        Session = new PrinterSession(asks, baudRate, style.LongestCommand, time, Wake, status => Changed?.Invoke(status));
    }

    /// <inheritdoc/>
    public bool Fitted => true;

    /// <inheritdoc/>
    public abstract bool InLine { get; }

    /// <inheritdoc/>
    public PrinterStatus Status => Session.Status;

    /// <inheritdoc/>
    public abstract DeviceStatus? Device { get; }

    /// <summary>What the printer is sent, and what it says.</summary>
    protected PrinterSession Session { get; }

    /// <summary>Told when <see cref="Status"/> has changed; null before the start.</summary>
    protected Action<PrinterStatus>? Changed { get; set; }

    /// <inheritdoc/>
    public abstract void Start(Action<DeviceStatus> device, Action<PrinterStatus> changed);

    /// <inheritdoc/>
    public void PrintLink(QrSlip slip)
    {
        var patience = slip.Until is { } until ? until - _time.GetUtcNow() : LinkPatience;
        Print(() => SlipLayout.Of(slip, _style), patience, link: true);
    }

    /// <inheritdoc/>
    public void ForgetLink() => Session.ForgetLink();

    /// <inheritdoc/>
    public void PrintReceipt(PaperReceipt receipt) => Print(() => SlipLayout.Of(receipt, _style), ReceiptPatience, link: false);

    /// <inheritdoc/>
    public void PrintTestPage(Language language) => Print(() => SlipLayout.TestPage(language, _style), ReceiptPatience, link: false);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>There may be something to write.</summary>
    protected abstract void Wake();

    private void Print(Func<byte[]> render, TimeSpan patience, bool link) => Session.Add(new PrintJob(render, link, _time.After(patience)));
}
