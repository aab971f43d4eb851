using System.Globalization;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Hosting.Systemd;

/// <summary>The line that <c>systemctl status</c> shows: what is under way, and what is wrong with the car.</summary>
internal static class StatusLine
{
    /// <param name="open">Trips with money or a request out, or somebody to be told.</param>
    /// <param name="car">How the car is.</param>
    public static string Of(int open, CarStatus car)
    {
        List<string> parts = [string.Create(CultureInfo.InvariantCulture, $"{open} open {(open == 1 ? "trip" : "trips")}"), car.Online ? "online" : "no network"];
        if (!car.SetUp)
            parts.Add("keys missing: nothing is requested");
        if (!car.StoreWritable)
            parts.Add("store full: no fare is taken");
        if (!car.Ignition)
            parts.Add("ignition off");
        if (!car.LineOpen)
            parts.Add("no meter line");
        return string.Join(", ", parts);
    }
}
