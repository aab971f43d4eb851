using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

public sealed class LcdContract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new LcdRig(language, time);
}

public sealed class Pcf8574Contract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new BackpackRig(16, 2, busClock: 100_000, language, time);
}

public sealed class Pcf8574FourLinesFastBusContract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new BackpackRig(20, 4, busClock: 400_000, language, time);
}

public sealed class CustomerDisplayContract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new CustomerDisplayRig(time);
}

public sealed class TerminalContract : DisplayContract
{
    private protected override DisplayRig Make(ManualTime time, string language) => new TerminalRig(time);
}

/// <summary>No display: nobody sees anything, and nobody waits.</summary>
public sealed class NoDisplayContract
{
    [Fact]
    public void Whatever_is_shown_goes_nowhere_at_once()
    {
        using var display = new NoDisplay(16, 2);
        display.Start(_ => Assert.Fail("nothing changes"));
        display.Show(["a"]);
        display.Reset();
        Assert.Null(display.Status);
        Assert.Equal((16, 2), (display.Columns, display.Rows));
    }
}
