using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Printer;

/// <summary>A receipt printer of our own, on a port of its own.</summary>
internal sealed class EscPosPrinter : ICustomerPrinter, IDeviceEvents
{
    /// <summary>How long a receipt waits for a printer that would not print: after that its customer is gone.</summary>
    public static readonly TimeSpan ReceiptPatience = TimeSpan.FromMinutes(5);

    /// <summary>The same for a link that says no end.</summary>
    public static readonly TimeSpan LinkPatience = TimeSpan.FromMinutes(10);

    private readonly PaperStyle _style;
    private readonly TimeProvider _time;
    private readonly DeviceThread _device;
    private readonly PrinterSession _session;
    private Action<DeviceStatus>? _deviceChanged;
    private Action<PrinterStatus>? _changed;

    /// <param name="port">Where it is.</param>
    /// <param name="asks">False for a printer that cannot answer: then its state is never known.</param>
    /// <param name="style">What its paper is like.</param>
    /// <param name="time">How time passes.</param>
    public EscPosPrinter(PrinterPort port, bool asks, PaperStyle style, TimeProvider time)
    {
        _style = style;
        _time = time;
        _session = new PrinterSession(asks, port.BaudRate, style.LongestCommand, time, () => _device!.Wake(), status => _changed?.Invoke(status));
        _device = new DeviceThread(port.Name, reads: asks, port.Open, PrinterPort.Closing, _session, this, time, link: port.Path);
    }

    /// <inheritdoc/>
    public bool Fitted => true;

    /// <inheritdoc/>
    public PrinterStatus Status => _session.Status;

    /// <inheritdoc/>
    public DeviceStatus? Device => _device.Status;

    /// <inheritdoc/>
    public void Start(Action<DeviceStatus> device, Action<PrinterStatus> changed)
    {
        if (Interlocked.CompareExchange(ref _deviceChanged, device, null) is not null)
            throw new InvalidOperationException("The printer was started already.");
        _changed = changed;
        _device.Start();
    }

    /// <inheritdoc/>
    public void PrintLink(QrSlip slip)
    {
        var patience = slip.Until is { } until ? until - _time.GetUtcNow() : LinkPatience;
        Print(() => SlipLayout.Of(slip, _style), patience, link: true);
    }

    /// <inheritdoc/>
    public void ForgetLink() => _session.ForgetLink();

    /// <inheritdoc/>
    public void PrintReceipt(PaperReceipt receipt) => Print(() => SlipLayout.Of(receipt, _style), ReceiptPatience, link: false);

    /// <inheritdoc/>
    public void PrintTestPage(Language language) => Print(() => SlipLayout.TestPage(language, _style), ReceiptPatience, link: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _device.Dispose();
    }

    void IDeviceEvents.Received(ReadOnlySpan<byte> bytes) => _session.Received(bytes);

    void IDeviceEvents.Changed(DeviceStatus status)
    {
        _session.Changed(status.State);
        _deviceChanged!(status);
    }

    private void Print(Func<byte[]> render, TimeSpan patience, bool link) => _session.Add(new PrintJob(render, link, _time.After(patience)));
}
