using TaximeterAgent.Configuration;

namespace TaximeterAgent.Optional;

/// <summary>The adapters on System.IO.Ports, System.Device.Gpio and Iot.Device.Bindings, which this build does not have. Its twin has them.</summary>
internal static class IotAdapters
{
    /// <summary>Whether they were built in.</summary>
    public static bool Built => false;

    /// <summary>The property of the build that has them.</summary>
    public const string Property = "-p:WithIotBindings=true";

    public static ISerialLine Line(SerialLineOptions options, TimeProvider time, bool othersFirst) => throw Missing();

    public static IGpioPort Gpio() => throw Missing();

    public static IKeypad Keypad(MatrixOptions options, TimeProvider time) => throw Missing();

    public static ICharacterDisplay Display(DriverOptions options, string language, TimeProvider time) => throw Missing();

    // The configuration's rules have refused it before.
    private static NotSupportedException Missing() => new($"This agent was not built with {Property}.");
}
