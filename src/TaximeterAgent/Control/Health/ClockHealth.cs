using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>The car's clock: a wrong one breaks TLS and webhooks, and puts wrong times on receipts. Waiting times do not depend on it.</summary>
internal static class ClockHealth
{
    /// <summary>An earlier year is that of a board without battery.</summary>
    public const int FirstYear = 2025;

    public const int LastYear = 2099;

    /// <summary>What the answer's own way and its whole seconds explain.</summary>
    public static readonly TimeSpan Fair = TimeSpan.FromSeconds(30);

    /// <summary>From then on webhooks are refused as stale.</summary>
    public static readonly TimeSpan Wrong = TimeSpan.FromMinutes(5);

    private const string Cure = "set it: timedatectl set-ntp true; see: timedatectl";

    public static Grade Of(ClockReport clock)
    {
        if (clock.Now.Year is < FirstYear or > LastYear)
            return Grade.Red($"it says {clock.Now.UtcDateTime:yyyy-MM-dd}: TLS will fail", Cure);
        var jumped = TimeSpan.FromSeconds(clock.CorrectedBySeconds);
        var set = jumped.Duration() > Fair ? $", set by {Roughly.Long(jumped)} since the start" : "";
        if (clock.SkewSeconds is not { } seconds)
            return set.Length == 0 ? Grade.Green("not yet compared with the service's") : Grade.Yellow($"not compared with the service's{set}", "compare it with a watch, in UTC: timedatectl");
        var skew = TimeSpan.FromSeconds(seconds);
        var why = $"{Roughly.Long(skew)} {(seconds > 0 ? "ahead of" : "behind")} the service's";
        if (skew.Duration() > Wrong)
            return Grade.Red(why, Cure);
        return skew.Duration() > Fair ? Grade.Yellow(why, Cure) : Grade.Green($"agrees with the service's{set}");
    }
}
