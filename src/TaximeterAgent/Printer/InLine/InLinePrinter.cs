using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Printer.InLine;

/// <summary>
/// The meter's own printer, on whose line the agent sits: what the meter prints goes on and is heard as from any meter's line; our slips come between the meter's.
/// The printer is asked nothing, because its answers are the meter's: its state is never known.
/// </summary>
internal sealed class InLinePrinter : ICustomerPrinter, ISerialLine, IPassThroughEvents
{
    private readonly PaperStyle _style;
    private readonly TimeProvider _time;
    private readonly PrinterSession _session;
    private readonly PassThrough _line;
    private Action<DeviceStatus>? _deviceChanged;
    private Action<PrinterStatus>? _changed;
    private ISerialEvents? _meter;
    private long _received;
    private long _openings;
    private readonly bool _heard;
    private bool _started;

    /// <param name="meter">The port to the meter, whose DTR holds the bypass.</param>
    /// <param name="printer">The port to the printer.</param>
    /// <param name="quiet">How long the meter must have said nothing before a slip of ours is begun.</param>
    /// <param name="style">What the paper is like.</param>
    /// <param name="heard">True if the meter is heard by what it prints: then the line begins with that side.</param>
    /// <param name="time">How time passes.</param>
    public InLinePrinter(PrinterPort meter, PrinterPort printer, TimeSpan quiet, PaperStyle style, bool heard, TimeProvider time)
    {
        _heard = heard;
        _style = style;
        _time = time;
        _session = new PrinterSession(asks: false, printer.BaudRate, style.LongestCommand, time, () => _line!.Wake(), status => _changed?.Invoke(status));
        _line = new PassThrough(meter, printer, quiet, _session, this, time);
    }

    /// <inheritdoc/>
    public bool Fitted => true;

    /// <inheritdoc/>
    public PrinterStatus Status => _session.Status;

    /// <inheritdoc/>
    public DeviceStatus? Device => _line.Status;

    DeviceStatus? ISerialLine.Status => _line.Status;

    /// <inheritdoc/>
    public SerialTraffic Traffic => new() { BytesReceived = Interlocked.Read(ref _received), Openings = Interlocked.Read(ref _openings) };

    /// <inheritdoc/>
    public void Start(Action<DeviceStatus> device, Action<PrinterStatus> changed)
    {
        (_deviceChanged, _changed) = (device, changed);
        if (!_heard)
            Begin();
    }

    /// <summary>Begins, with the meter's side; the printer's side was told before who is told of it.</summary>
    public void Start(ISerialEvents events)
    {
        _meter = events;
        Begin();
    }

    /// <summary>Nothing is ever said to the meter but what its printer says.</summary>
    public bool Write(ReadOnlySpan<byte> frame) => false;

    /// <inheritdoc/>
    public void PrintLink(QrSlip slip) =>
        Print(() => SlipLayout.Of(slip, _style), slip.Until is { } until ? until - _time.GetUtcNow() : EscPosPrinter.LinkPatience, link: true);

    /// <inheritdoc/>
    public void ForgetLink() => _session.ForgetLink();

    /// <inheritdoc/>
    public void PrintReceipt(PaperReceipt receipt) => Print(() => SlipLayout.Of(receipt, _style), EscPosPrinter.ReceiptPatience, link: false);

    /// <inheritdoc/>
    public void PrintTestPage(Language language) => Print(() => SlipLayout.TestPage(language, _style), EscPosPrinter.ReceiptPatience, link: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        if (_started)
            _line.Dispose();
    }

    void IPassThroughEvents.Printed(ReadOnlySpan<byte> bytes)
    {
        Interlocked.Add(ref _received, bytes.Length);
        _meter?.Received(bytes);
    }

    void IPassThroughEvents.Changed(DeviceStatus status)
    {
        if (status.State == DeviceState.Open)
            Interlocked.Increment(ref _openings);
        _deviceChanged?.Invoke(status);
        _meter?.Changed(status);
    }

    private void Begin()
    {
        if (_started)
            throw new InvalidOperationException("The printer's line was started already.");
        _started = true;
        _line.Start();
    }

    private void Print(Func<byte[]> render, TimeSpan patience, bool link) => _session.Add(new PrintJob(render, link, _time.After(patience)));
}
