using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Hosting;

/// <summary>
/// A display keeps what was written last when the agent is gone. So the last that is written by one that ends by a fault is that no fare is taken: a driver would otherwise
/// wait for what nobody is at work on. The next start draws it anew.
/// </summary>
internal static class LastPicture
{
    /// <summary>A display that has been open for a while takes a picture in a tenth of it; one that was just opened is set up first.</summary>
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(2);

    /// <summary>On the display of an agent that was running.</summary>
    public static void Show(ICharacterDisplay display, Language language) => display.ShowLast(Screen.OutOfOrder(language), s_most);

    /// <summary>On the display of an agent that cannot start.</summary>
    public static void Show(AgentOptions options, TimeProvider time)
    {
        using var display = DriverDevices.Display(options.Driver, options.Car.Language, time);
        display.Start(_ => { });
        Show(display, options.Car.Language);
    }
}
