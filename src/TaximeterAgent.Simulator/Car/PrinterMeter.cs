namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// A taximeter that does nothing but print: what it sends to its receipt printer can be overheard on a tap of that line, byte by byte. It hears nothing:
/// whatever comes back on the wire is a fault of whoever sends it.
/// </summary>
internal sealed class PrinterMeter
{
    private readonly ISerialLine _line;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<PrintedReceipt> _ledger = [];
    private long _heard;

    /// <param name="line">The printer's line.</param>
    /// <param name="id">What the meter is called in the agent's configuration.</param>
    /// <param name="time">When things are printed.</param>
    public PrinterMeter(ISerialLine line, string id, TimeProvider time)
    {
        _line = line;
        _time = time;
        Id = id;
        line.Received += bytes => Interlocked.Add(ref _heard, bytes.Length);
    }

    public event Action<string>? Printed;

    public string Id { get; }

    /// <summary>What the meter has on its own record of all that it printed, oldest first.</summary>
    public IReadOnlyList<PrintedReceipt> Ledger
    {
        get
        {
            lock (_gate)
                return [.. _ledger];
        }
    }

    /// <summary>What the wire brought back, and must not have.</summary>
    public IEnumerable<string> Violations =>
        Interlocked.Read(ref _heard) is > 0 and long bytes ? [$"{bytes} bytes were sent to a meter that is only listened to"] : [];

    /// <summary>Prints a receipt.</summary>
    /// <param name="ride">What for.</param>
    /// <param name="fault">What is wrong with the print.</param>
    /// <param name="other">With <see cref="PrintFault.Interleaved"/>: whose receipt is between its lines.</param>
    public PrintedReceipt Print(PrintedRide ride, PrintFault fault = PrintFault.None, PrintedRide? other = null)
    {
        var receipt = new PrintedReceipt(ride, fault, _time.GetUtcNow());
        lock (_gate)
            _ledger.Add(receipt);
        Printed?.Invoke($"{fault switch { PrintFault.None => "receipt", PrintFault.Copy => "copy of the receipt", PrintFault.Torn => "half a receipt", _ => "two receipts at once" }} of trip {ride.Trip}");
        foreach (byte value in ReceiptPaper.Bytes(ride, fault, other))
            _line.Write([value]);
        return receipt;
    }
}

/// <summary>A ride as its receipt has it; amounts in minor units, times by the meter's clock.</summary>
internal sealed record PrintedRide(string Trip, DateTime Start, DateTime Finish, long Fare, long Toll)
{
    public long Total => Fare + Toll;

    /// <summary>By what the trip is named where number and start are known.</summary>
    public TripKey Key(string meter) => new(meter, Trip, Start.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
}

/// <param name="Ride">What for.</param>
/// <param name="Fault">What was wrong with it.</param>
/// <param name="At">When it was printed.</param>
internal sealed record PrintedReceipt(PrintedRide Ride, PrintFault Fault, DateTimeOffset At);

internal enum PrintFault
{
    None,

    /// <summary>It says that it is a copy.</summary>
    Copy,

    /// <summary>The paper ends, or the plug is pulled, before the total.</summary>
    Torn,

    /// <summary>Another receipt's lines are between its own.</summary>
    Interleaved,
}
