using TaximeterAgent.Gpio;
using static TaximeterAgent.Gpio.GpioAbi;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>What the kernel is asked for.</summary>
public sealed class GpioRequestTests
{
    [Fact]
    public void Inputs_are_asked_for_with_edges_bias_and_debounce()
    {
        var request = GpioChip.Request(
            new LinePlan { Chip = "c", Inputs = ["4", "7"], ActiveLow = true, Bias = LineBias.PullUp, Debounce = TimeSpan.FromMilliseconds(50) }, [4, 7]);

        Assert.Equal([4u, 7u], request.Offsets[..2].ToArray());
        Assert.Equal(2u, request.LineCount);
        Assert.Equal("taximeter-agent", request.Consumer.ToString());
        Assert.Equal(LineFlags.Input | LineFlags.EdgeRising | LineFlags.EdgeFalling | LineFlags.ActiveLow | LineFlags.BiasPullUp, request.Config.Flags);
        Assert.Equal(1u, request.Config.AttributeCount);
        Assert.Equal((AttributeDebounce, 50_000u, 0b11ul), Attribute(request, 0));
    }

    [Fact]
    public void Without_debounce_no_attribute_asks_for_it() =>
        Assert.Equal(0u, GpioChip.Request(new LinePlan { Chip = "c", Inputs = ["4"] }, [4]).Config.AttributeCount);

    [Fact]
    public void Outputs_begin_inactive()
    {
        var request = GpioChip.Request(new LinePlan { Chip = "c", Outputs = ["1", "2", "3"] }, [1, 2, 3]);

        Assert.Equal(LineFlags.Output, request.Config.Flags);
        Assert.Equal((AttributeOutputValues, 0u, 0b111ul), Attribute(request, 0));
    }

    [Fact]
    public void Inputs_and_outputs_of_one_request_are_set_up_each_in_its_way()
    {
        var request = GpioChip.Request(
            new LinePlan { Chip = "c", Inputs = ["1", "2", "3"], Outputs = ["10", "11"], ActiveLow = true, OpenDrain = true, Bias = LineBias.PullUp }, [1, 2, 3, 10, 11]);

        Assert.Equal(LineFlags.Input | LineFlags.EdgeRising | LineFlags.EdgeFalling | LineFlags.ActiveLow | LineFlags.BiasPullUp, request.Config.Flags);
        Assert.Equal(2u, request.Config.AttributeCount);
        Assert.Equal((AttributeFlags, 0b11000ul), (request.Config.Attributes[0].Attribute.Id, request.Config.Attributes[0].Mask));
        Assert.Equal(LineFlags.Output | LineFlags.OpenDrain | LineFlags.ActiveLow, request.Config.Attributes[0].Attribute.Flags);
        Assert.Equal((AttributeOutputValues, 0u, 0b11000ul), Attribute(request, 1));
    }

    [Fact]
    public void A_name_keeps_room_for_its_end_and_is_shown_without_control_characters()
    {
        var name = default(NameText);
        name.Set(new string('x', 40));
        Assert.Equal(31, name.ToString().Length);
        name.Set("a\nb");
        Assert.Equal("a?b", name.ToString());
    }

    private static (uint Id, uint Value, ulong Mask) Attribute(LineRequest request, int at) =>
        (request.Config.Attributes[at].Attribute.Id, request.Config.Attributes[at].Attribute.DebounceMicroseconds, request.Config.Attributes[at].Mask);
}
