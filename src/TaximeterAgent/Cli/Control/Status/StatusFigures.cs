using System.Globalization;
using System.Text;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary>The figures behind the grades, as <c>status --all</c> tells them.</summary>
internal static class StatusFigures
{
    /// <summary>Names and values.</summary>
    public static IEnumerable<(string Name, string Value)> Of(StatusReport status)
    {
        yield return ("agent", $"{status.Version}, car {status.Car}, up {Text.Duration(status.Clock.UptimeSeconds)}");
        var corrected = status.Clock.CorrectedBySeconds;
        yield return ("clock", Text.Time(status.Clock.Now) + (corrected == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", corrected by {corrected} s since the start")));
        yield return ("meter", $"{(status.Meter.Heard ? "heard" : "not heard")}{Part(status.Meter.Id)}{Part(status.Meter.Position)}{(status.Meter.Other is { } other ? $", OTHER METER {other} refused" : "")}");
        yield return ("line", Device(status.Meter.Line));
        yield return ("traffic", Traffic(status.Meter.Traffic));
        yield return ("keypad", Device(status.Keypad));
        yield return ("display", Device(status.Display));
        yield return ("network", status.Online ? "online" : "offline");
        var outbox = status.Outbox;
        var oldest = outbox.OldestOpenTrip is { } at ? $", oldest open trip of {Text.Time(at)}" : "";
        yield return ("outbox", string.Create(CultureInfo.InvariantCulture, $"{(outbox.Writable ? "" : "NOT WRITABLE, ")}{outbox.Operations} operations, {outbox.OnTheirWay} on their way{oldest}"));
        if (status.Trips is { } trips)
            yield return ("trips", string.Create(CultureInfo.InvariantCulture, $"{trips.Open} open, {trips.Unpaid} unpaid, {trips.Failed} for a technician, {trips.Held} held"));
        if (status.EPayment is { LastSuccess: { } success })
            yield return ("last call", Call(success));
        if (status.EPayment is { LastFailure: { } failure })
            yield return ("last failure", Call(failure));
        if (status.Webhooks is { } webhooks)
        {
            yield return ("webhooks", string.Create(
                CultureInfo.InvariantCulture,
                $"{(webhooks.Listening ? "listening" : "NOT LISTENING")}, {webhooks.Received} received, {webhooks.Accepted} accepted, {webhooks.Forged} forged, {webhooks.Stale} stale, {webhooks.Malformed} malformed"));
        }

        if (status.Relay is { } relay)
        {
            yield return ("relay", string.Create(
                CultureInfo.InvariantCulture,
                $"{(relay.Connected ? "connected" : "AWAY")} since {Text.Time(relay.Since)}, {relay.Hints} hints, {relay.Orders} orders, {relay.Unreadable} unreadable, {relay.Reports} reports{Part(relay.LastReport is { } sent ? "last " + Text.Time(sent) : null)}{Part(relay.Why)}"));
        }

        if (status.Telemetry is { } telemetry)
        {
            yield return ("telemetry", string.Create(
                CultureInfo.InvariantCulture,
                $"to {telemetry.Endpoint}: {telemetry.Sent} sent{Part(telemetry.LastSent is { } last ? "last " + Text.Time(last) : null)}, {telemetry.Failed} failed, {telemetry.Dropped} dropped{Part(telemetry.Why)}"));
        }

        foreach (var waiting in outbox.Waiting)
            yield return ("waiting", $"{waiting.Trip}: {waiting.Next.Text}");
        foreach (var alarm in status.Alarms)
            yield return ("alarm", alarm.Trip is null ? alarm.Text : $"trip {alarm.Trip}: {alarm.Text}");
    }

    private static string Traffic(TrafficReport traffic)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"frames: {traffic.FramesReceived} received, {traffic.FramesSent} sent");
        Add(traffic.FramesSentAgain, "sent again");
        Add(traffic.FramesNotSent, "not sent");
        foreach (var (reason, count) in traffic.Dropped)
            Add(count, $"dropped as {reason}");
        Add(traffic.AnswersIgnored, "answers ignored");
        Add(traffic.Echoes, "echoes");
        text.Append(CultureInfo.InvariantCulture, $"; bytes: {traffic.BytesReceived} received, {traffic.BytesSent} sent");
        Add(traffic.BytesDamaged, "damaged");
        Add(traffic.BytesOutside, "in no frame");
        Add(traffic.Breaks, "breaks");
        return text.Append(CultureInfo.InvariantCulture, $"; opened {traffic.Openings} times").ToString();

        void Add(long count, string what)
        {
            if (count > 0)
                text.Append(CultureInfo.InvariantCulture, $", {count} {what}");
        }
    }

    private static string Call(ServiceCallReport call) =>
        $"{Text.Time(call.At)} {call.What}{Part(call.Failure)}{Part(call.Code)}{(call.DurationMs is { } took ? string.Create(CultureInfo.InvariantCulture, $", {took:0} ms") : "")}{(call.TraceId is { } trace ? $", trace {trace}" : "")}";

    private static string Device(DeviceReport device) => device.Message is null ? device.State : $"{device.State}: {device.Message}";

    private static string Part(string? text) => text is null ? "" : $", {text}";
}
