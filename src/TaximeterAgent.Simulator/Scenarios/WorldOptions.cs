using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>How one world is made up.</summary>
internal sealed record WorldOptions
{
    /// <summary>The scenario, or the sub-run of one.</summary>
    public required string Name { get; init; }

    /// <summary>What numbers of trips and customers are drawn from.</summary>
    public int Seed { get; init; } = 1;

    public Pace Pace { get; init; } = Pace.Shortened;

    /// <summary>The date in this world, for everybody in it but the agent; null: today's.</summary>
    public WorldCalendar? Calendar { get; init; }

    /// <summary>The agent's program and its first arguments.</summary>
    public required IReadOnlyList<string> AgentCommand { get; init; }

    /// <summary>What drives the meter's line, as <c>Meter:Serial:Driver</c> names it; null: the agent's default.</summary>
    public string? SerialDriver { get; init; }

    /// <summary>True: not the agent that was built with us. What it cannot do by other means than the meter's line is no fault of its.</summary>
    public bool ForeignAgent { get; init; }

    /// <summary>The fleet's cloud side, shared by the worlds of one call; null: the car is alone.</summary>
    public RunCloud? Cloud { get; init; }

    /// <summary>True: the car's payments are told to the car itself, and not to the relay.</summary>
    public bool OwnWebhooks { get; init; }

    /// <summary>The sales units that the server knows; null: its own two, each with keys of its own.</summary>
    public IReadOnlyList<SalesUnit>? SalesUnits { get; init; }

    /// <summary>How the server is reached; null: over plain HTTP.</summary>
    public CarrierOptions? Carrier { get; init; }

    /// <summary>Characters of an access token; null: as the server does by itself.</summary>
    public int? TokenLength { get; init; }

    /// <summary>How many payments the server keeps; null: as many as it does by itself.</summary>
    public int? MostPayments { get; init; }

    /// <summary>Where the run's files are kept; null: in a temporary folder that is removed afterwards.</summary>
    public string? Keep { get; init; }

    /// <summary>What keeps the agent's outbox; null: what does by itself.</summary>
    public string? Store { get; init; }

    /// <summary>How often the meter sends each frame.</summary>
    public int MeterCopies { get; init; } = 1;

    public ushort MeterFirstSeq { get; init; }

    /// <summary>True: the car's meter has contacts and no line.</summary>
    public bool ContactMeter { get; init; }

    /// <summary>True: the car's meter only prints.</summary>
    public bool PrinterMeter { get; init; }

    /// <summary>True: the agent sits in the line between that meter and its printer.</summary>
    public bool PrinterInLine { get; init; }

    /// <summary>True: the agent senses the ignition.</summary>
    public bool Ignition { get; init; }

    /// <summary>True: the car has a printer for the customer's paper.</summary>
    public bool Printer { get; init; }

    /// <summary>When the agent prints a receipt: <c>never</c>, <c>on-request</c> or <c>always</c>.</summary>
    public string PrintsReceipt { get; init; } = "never";

    public int DisplayColumns { get; init; } = 16;

    public int DisplayRows { get; init; } = 2;

    public DisplayModel Display { get; init; } = DisplayModel.Lcd;

    /// <summary>True: a keypad that can be unplugged.</summary>
    public bool PluggableKeypad { get; init; }

    public KeypadLayout Keypad { get; init; } = KeypadLayout.NumberBlock;
}

/// <summary>Which of the displays that the agent knows the car has.</summary>
internal enum DisplayModel
{
    /// <summary>The kernel's character LCD device.</summary>
    Lcd,

    /// <summary>An HD44780 behind a PCF8574 on an I2C bus.</summary>
    Backpack,
}
