using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Tests.Meter.Serial;

/// <summary>The default adapter: Linux termios.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class TermiosLineContractTests : SerialLineContractTests
{
    private protected override ISerialLine Create(SerialLineOptions options, TimeProvider time) => new TermiosLine(options, time);
}
