using TaximeterAgent.Configuration;

namespace TaximeterAgent.Gpio;

/// <summary>The configuration's words in those of the kernel.</summary>
internal static class LinePlans
{
    public static LineBias Bias(GpioBias bias) => bias switch
    {
        GpioBias.PullUp => LineBias.PullUp,
        GpioBias.PullDown => LineBias.PullDown,
        GpioBias.Disabled => LineBias.Disabled,
        _ => LineBias.AsIs,
    };
}
