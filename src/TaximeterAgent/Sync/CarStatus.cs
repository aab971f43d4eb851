using TaximeterAgent.Printer;

namespace TaximeterAgent.Sync;

/// <summary>What the display and the technician see of the car besides its trips.</summary>
internal sealed record CarStatus
{
    public bool MeterHeard { get; init; }

    /// <summary>False while the meter's line is not open: unplugged, busy, forbidden.</summary>
    public bool LineOpen { get; init; } = true;

    /// <summary>True while a meter speaks that is not the configured one, and is refused.</summary>
    public bool OtherMeter { get; init; }

    public bool Online { get; init; } = true;

    /// <summary>False while a keypad that the car should have is gone or held by another: nothing can be asked of the driver.</summary>
    public bool KeypadReady { get; init; } = true;

    /// <summary>False while the store cannot take a fare: the driver collects otherwise.</summary>
    public bool StoreWritable { get; init; } = true;

    /// <summary>False while the ignition is off: nothing new is begun.</summary>
    public bool Ignition { get; init; } = true;

    /// <summary>False while the keys of the payment service are missing: nothing is requested, and the driver collects otherwise.</summary>
    public bool SetUp { get; init; } = true;

    /// <summary>How it stands with the printer; null in a car without one.</summary>
    public PrinterStatus? Printer { get; init; }

    /// <summary>Calls that are due or on their way.</summary>
    public int UnderWay { get; init; }
}
