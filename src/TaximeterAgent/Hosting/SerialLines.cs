using TaximeterAgent.Configuration;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Optional;

namespace TaximeterAgent.Hosting;

/// <summary>The meter's line by the driver that the configuration asks for; not started.</summary>
internal static class SerialLines
{
    /// <summary>The line as it is configured.</summary>
    public static ISerialLine Of(SerialOptions serial, TimeProvider time) => Of(serial.Driver, Options(serial), time, othersFirst: false);

    /// <summary>A line.</summary>
    /// <param name="driver">What drives it.</param>
    /// <param name="line">Which.</param>
    /// <param name="time">When to try again.</param>
    /// <param name="othersFirst">True if it is not used before it is known who else has it open.</param>
    public static ISerialLine Of(SerialDriver driver, SerialLineOptions line, TimeProvider time, bool othersFirst) => driver == SerialDriver.SystemIoPorts
        ? IotAdapters.Line(line, time, othersFirst)
        : new TermiosLine(line, time) { OthersFirst = othersFirst };

    /// <summary>Which line it is, in the words of the port.</summary>
    public static SerialLineOptions Options(SerialOptions serial) => new()
    {
        Port = serial.Port,
        BaudRate = serial.BaudRate,
        Parity = serial.Parity switch
        {
            SerialParity.Even => Parity.Even,
            SerialParity.Odd => Parity.Odd,
            _ => Parity.None,
        },
    };
}
