using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Printer;

/// <summary>A receipt printer of our own, on a port of its own.</summary>
internal sealed class EscPosPrinter : SlipPrinter, IDeviceEvents
{
    private readonly DeviceThread _device;
    private Action<DeviceStatus>? _deviceChanged;

    /// <param name="port">Where it is.</param>
    /// <param name="asks">False for a printer that cannot answer: then its state is never known.</param>
    /// <param name="style">What its paper is like.</param>
    /// <param name="time">How time passes.</param>
    public EscPosPrinter(PrinterPort port, bool asks, PaperStyle style, TimeProvider time)
        : base(asks, port.BaudRate, style, time) =>
        _device = new DeviceThread(port.Name, reads: asks, port.Open, PrinterPort.Closing, Session, this, time, link: port.Path);

    /// <inheritdoc/>
    public override bool InLine => false;

    /// <inheritdoc/>
    public override DeviceStatus? Device => _device.Status;

    /// <inheritdoc/>
    public override void Start(Action<DeviceStatus> device, Action<PrinterStatus> changed)
    {
        if (Interlocked.CompareExchange(ref _deviceChanged, device, null) is not null)
            throw new InvalidOperationException("The printer was started already.");
        Changed = changed;
        _device.Start();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Session.Dispose();
        _device.Dispose();
    }

    void IDeviceEvents.Received(ReadOnlySpan<byte> bytes) => Session.Received(bytes);

    void IDeviceEvents.Changed(DeviceStatus status)
    {
        Session.Changed(status.State);
        _deviceChanged!(status);
    }

    /// <inheritdoc/>
    protected override void Wake() => _device.Wake();
}
