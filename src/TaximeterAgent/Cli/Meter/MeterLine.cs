using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Cli.Meter;

/// <summary>The meter's line as it is configured, for whoever speaks over it where no agent runs.</summary>
internal static class MeterLine
{
    /// <summary>The line, and how to speak over it.</summary>
    public static (SerialLineOptions Line, TfpOptions Speaking) Of(AgentOptions options)
    {
        return (SerialLines.Options(options.Meter.Serial), LineProbe.Speaking(options.Car.Id, options.Meter.Id, options.Car.Country, options.Car.Currency));
    }

    /// <summary>A parity by its name; none if it has none.</summary>
    public static Parity ParityOf(string? name) => name switch
    {
        "even" => Parity.Even,
        "odd" => Parity.Odd,
        _ => Parity.None,
    };
}
