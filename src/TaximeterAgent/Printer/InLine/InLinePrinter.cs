using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Printer.InLine;

/// <summary>
/// The meter's own printer, on whose line the agent sits: what the meter prints goes on and is heard as from any meter's line; our slips come between the meter's.
/// The printer is asked nothing, because its answers are the meter's: its state is never known.
/// </summary>
internal sealed class InLinePrinter : SlipPrinter, ISerialLine, IPassThroughEvents
{
    private readonly PassThrough _line;
    private readonly bool _heard;
    private Action<DeviceStatus>? _deviceChanged;
    private ISerialEvents? _meter;
    private long _received;
    private long _openings;
    private bool _started;

    /// <param name="meter">The port to the meter, whose DTR holds the bypass.</param>
    /// <param name="printer">The port to the printer.</param>
    /// <param name="quiet">How long the meter must have said nothing before a slip of ours is begun.</param>
    /// <param name="style">What the paper is like.</param>
    /// <param name="heard">True if the meter is heard by what it prints: then the line begins with that side.</param>
    /// <param name="time">How time passes.</param>
    public InLinePrinter(PrinterPort meter, PrinterPort printer, TimeSpan quiet, PaperStyle style, bool heard, TimeProvider time)
        : base(asks: false, printer.BaudRate, style, time)
    {
        _heard = heard;
        _line = new PassThrough(meter, printer, quiet, Session, this, time);
    }

    /// <inheritdoc/>
    public override bool InLine => true;

    /// <inheritdoc/>
    public override DeviceStatus? Device => _line.Status;

    DeviceStatus? ISerialLine.Status => _line.Status;

    /// <inheritdoc/>
    public SerialTraffic Traffic => new() { BytesReceived = Interlocked.Read(ref _received), Openings = Interlocked.Read(ref _openings) };

    /// <inheritdoc/>
    public override void Start(Action<DeviceStatus> device, Action<PrinterStatus> changed)
    {
        (_deviceChanged, Changed) = (device, changed);
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
    public override void Dispose()
    {
        Session.Dispose();
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

    /// <inheritdoc/>
    protected override void Wake() => _line.Wake();

    private void Begin()
    {
        if (_started)
            throw new InvalidOperationException("The printer's line was started already.");
        _started = true;
        _line.Start();
    }
}
