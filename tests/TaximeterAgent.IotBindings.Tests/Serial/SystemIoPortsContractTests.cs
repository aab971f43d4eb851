using TaximeterAgent.IotBindings.Serial;
using TaximeterAgent.Tests.Meter.Serial;

namespace TaximeterAgent.IotBindings.Tests.Serial;

/// <summary>The line through System.IO.Ports does what the default one does.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SystemIoPortsContractTests : SerialLineContractTests
{
    private protected override ISerialLine Create(SerialLineOptions options, TimeProvider time) => new SystemIoPortsLine(options, time);
}
