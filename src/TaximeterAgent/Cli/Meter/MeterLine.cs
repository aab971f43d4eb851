using TaximeterAgent.Configuration;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;
using SerialOptions = TaximeterAgent.Meter.Serial.SerialOptions;

namespace TaximeterAgent.Cli.Meter;

/// <summary>The meter's line as it is configured, for whoever speaks over it where no agent runs.</summary>
internal static class MeterLine
{
    /// <summary>The line, and how to speak over it.</summary>
    public static (SerialOptions Line, TfpOptions Speaking) Of(AgentOptions options)
    {
        var serial = options.Meter.Serial;
        return (
            new SerialOptions { Port = serial.Port, BaudRate = serial.BaudRate, Parity = ParityOf(serial.Parity.ToString().ToLowerInvariant()) },
            LineProbe.Speaking(options.Car.Id, options.Meter.Id, options.Car.Country, options.Car.Currency));
    }

    /// <summary>A parity by its name; none if it has none.</summary>
    public static Parity ParityOf(string? name) => name switch
    {
        "even" => Parity.Even,
        "odd" => Parity.Odd,
        _ => Parity.None,
    };
}
