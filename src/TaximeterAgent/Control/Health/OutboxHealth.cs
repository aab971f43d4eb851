using System.Globalization;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>What is still to be done, and for how long the oldest of it waits. A trip that waits for a person or a fare may do so all day; a call may not.</summary>
internal static class OutboxHealth
{
    /// <summary>From then on a call that is not made is looked at.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromHours(1);

    /// <summary>From then on money may be lost to it: reservations end after days.</summary>
    public static readonly TimeSpan TooLate = TimeSpan.FromHours(24);

    // Whoever is waited for besides the network and the service.
    private static readonly string[] s_patient = ["driver", "fare", "timer", "nothing"];

    public static Grade Of(OutboxReport outbox, DateTimeOffset now)
    {
        if (!outbox.Writable)
            return Grade.Red("the disk has no room: no fare is taken", "make room on the disk; look at its row");
        if (outbox.Unreadable is { } unreadable)
            return Grade.Red($"cannot be read: {unreadable}", $"stop the agent, then: {Grade.Command("outbox quarantine")}");
        var due = outbox.Operations == 0 ? "nothing to send" : string.Create(CultureInfo.InvariantCulture, $"{outbox.Operations} to send");
        if (outbox.OnTheirWay > 0)
            due += string.Create(CultureInfo.InvariantCulture, $", {outbox.OnTheirWay} on the way");
        if (Oldest(outbox, anybody: true) is not { } oldest)
            return Grade.Green(due);
        var why = $"{due}; oldest {Age(oldest, now)}: waits for {WaitsFor(oldest.Next.What)}";
        if (Oldest(outbox, anybody: false) is not { Since: { } since } call || now - since < Late)
            return Grade.Green(why);
        why = $"{due}; {Age(call, now)} old: waits for {WaitsFor(call.Next.What)}";
        var cure = $"see what keeps it: {Grade.Command($"trip {Reporting.NumberOf(call.Trip)}")}";
        return now - since < TooLate ? Grade.Yellow(why, cure) : Grade.Red(why, cure);
    }

    // They are the oldest first.
    private static WaitingReport? Oldest(OutboxReport outbox, bool anybody) =>
        outbox.Waiting.FirstOrDefault(waiting => anybody || !s_patient.Contains(waiting.Next.What));

    private static string Age(WaitingReport waiting, DateTimeOffset now) => waiting.Since is { } since ? Roughly.Long(now - since) : "trip";

    private static string WaitsFor(string what) => what switch
    {
        "driver" => "the driver",
        "fare" => "its fare",
        "meter" => "the meter",
        "technician" => "a technician",
        "timer" or "nothing" => "a last look",
        _ => what,
    };
}
