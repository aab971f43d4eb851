using TaximeterAgent.Cli;
using TaximeterAgent.Gpio;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Cli;

public sealed class GpioCommandTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public async Task Where_there_is_no_chip_it_says_so_and_does_not_end_well()
    {
        if (GpioChip.Paths().Count > 0)
            return; // On a board the list is the answer; the gpio-sim test looks at it.
        var (output, error) = (new StringWriter(), new StringWriter());
        Assert.Equal(ExitCode.Unavailable, await GpioCommand.WatchAsync([], output, error, TimeProvider.System, CancellationToken.None));
        Assert.Equal("taximeter-agent: There is no GPIO chip on this machine.", error.ToString().Trim());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void Without_lines_those_of_the_configuration_are_watched_as_they_are_set_up_there()
    {
        _configuration.With("Meter:Serial:Port", null).With("Meter:Source", "\"contacts\"").With("Meter:Id", "\"M-88\"").With("Meter:Contacts:Vat", "1200")
            .With("Meter:Contacts:Hired", "\"4\"").With("Meter:Contacts:Stopped", "\"STOP\"").With("Ignition:Line", "\"17\"").With("Ignition:Chip", "\"pinctrl-bcm2711\"").Options();

        var plans = GpioCommand.Plans(_configuration.File, [], null, false, false);

        Assert.Equal(["4", "STOP"], plans[0].Inputs);
        Assert.Equal((true, LineBias.PullUp, TimeSpan.FromMilliseconds(50)), (plans[0].ActiveLow, plans[0].Bias, plans[0].Debounce));
        Assert.Equal(("pinctrl-bcm2711", "17", false), (plans[1].Chip, plans[1].Inputs[0], plans[1].ActiveLow));
        Assert.Equal(2, plans.Count);
    }

    [Fact]
    public void Lines_that_are_named_are_watched_with_or_without_a_configuration()
    {
        var plan = Assert.Single(GpioCommand.Plans("/no/such/file", ["5", "6"], "gpiochip3", activeLow: true, pullUp: true));
        Assert.Equal(("gpiochip3", true, LineBias.PullUp), (plan.Chip, plan.ActiveLow, plan.Bias));
        Assert.Equal(["5", "6"], plan.Inputs);
    }

    [Fact]
    public void Without_lines_and_without_a_configuration_nothing_is_watched() => Assert.Empty(GpioCommand.Plans("/no/such/file", [], null, false, false));
}
