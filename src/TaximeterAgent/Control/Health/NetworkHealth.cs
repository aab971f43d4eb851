using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>The network, as the calls see it: nothing is sent only to look.</summary>
internal static class NetworkHealth
{
    /// <summary>A tunnel or a ferry takes no longer, and by then the driver was told to collect otherwise.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static string Cure { get; } = $"see which step fails: {Grade.Command("network test")}";

    public static Grade Of(bool online, EPaymentReport? calls, DateTimeOffset now)
    {
        var success = calls?.LastSuccess?.At;
        if (online)
            return Grade.Green(success is { } at ? $"online, by the last call {Roughly.Long(now - at)} ago" : "no call has failed; none was answered yet");
        // Without a success nobody knows when it began: then the last failure is as old as it can be shown to be.
        var since = success ?? calls?.LastFailure?.At;
        if (since is not { } from)
            return Grade.Yellow("offline: the last call did not reach the service", Cure);
        var why = success is null ? "offline: no call has reached the service" : $"offline: no call reaches the service, for {Roughly.Long(now - from)}";
        return now - from > Patience ? Grade.Red(why, Cure) : Grade.Yellow(why, Cure);
    }
}
