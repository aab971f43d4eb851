using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Driver.Devices;

public sealed class DeviceOpeningTests
{
    // The virtual board: a unit without its line for GPIO chips was answered with the group that its user has.
    [Fact]
    public void A_refusal_by_the_unit_is_told_from_one_by_owner_and_mode()
    {
        DeviceStatus byUnit = DeviceOpening.FromError("The key matrix", "/dev/null", Libc.EPERM).Status;
        DeviceStatus byMode = DeviceOpening.FromError("The key matrix", "/dev/null", Libc.EACCES).Status;
        Assert.Equal((DeviceState.Forbidden, DeviceState.Forbidden), (byUnit.State, byMode.State));
        Assert.Equal("The key matrix may not be opened: the agent's unit does not allow it. It needs a line DeviceAllow= (systemctl edit taximeter-agent).", byUnit.Message);
        Assert.DoesNotContain("DeviceAllow", byMode.Message, StringComparison.Ordinal);
    }
}
