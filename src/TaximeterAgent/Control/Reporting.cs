using System.Globalization;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.EPayment;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Outbox;
using TaximeterAgent.Printer;
using TaximeterAgent.Sync;
using TaximeterAgent.Meter.Print.Desk;

namespace TaximeterAgent.Control;

/// <summary>The agent's records as the socket shows them. No phone number passes here but masked.</summary>
internal static class Reporting
{
    public static TripReport Of(TripSummary trip) => new()
    {
        Id = IdOf(trip),
        Meter = trip.Trip?.Meter,
        Trip = trip.Trip?.Trip,
        Start = trip.Trip?.Start,
        Booking = trip.Booking,
        LearntAt = trip.LearntAt,
        ChangedAt = trip.ChangedAt,
        Open = trip.Open,
        Unpaid = trip.Unpaid,
        Failed = trip.Failed,
        Currency = trip.Total?.Currency.ToString(),
        Total = trip.Total?.MinorUnits,
        Captured = trip.Kept,
        Refunded = trip.Refunded,
        Phone = trip.MaskedPhone is { Length: > 0 } phone ? phone : null,
        Word = Of(trip.Word),
        References = [.. trip.References.Select(reference => reference.ToString())],
        Stopped = trip.Stopped,
    };

    /// <summary>A trip's summary brought to the state that the engine has now.</summary>
    public static TripReport Of(TripSummary trip, TripState now) => Of(trip) with
    {
        Open = now.Busy,
        Unpaid = now.Unpaid,
        Failed = TripSummary.NeedsPerson(now),
        Captured = now.Kept,
        Refunded = now.Refunded,
        Phone = Masked(now.Phone?.Masked),
        Word = Of(now.Word),
        References = [.. now.Attempts.Select(attempt => attempt.Reference.ToString())],
        Stopped = now.Stopped,
        Held = now.Held ? true : null,
        GivenUp = now.GivenUp ? true : null,
    };

    public static TripDetailReport Of(TripSummary trip, TripState state, IReadOnlyList<HistoryLine> history, Func<string, TimeSpan?> dueIn, bool online) => new()
    {
        Summary = Of(trip, state),
        Pickup = state.Booking is { KnownPhone: not null, Pickup: { } place } ? Configuration.Shown.Plain(place) : null,
        Phase = Kebab.Of(state.PhaseOf(online)),
        Outstanding = state.Outstanding,
        RefundOrdered = state.RefundTarget,
        RefundRefused = state.RefundRefused,
        Question = state.Question == Question.None ? null : Kebab.Of(state.Question),
        Settled = state.Settled == SettledBy.Nobody ? null : Kebab.Of(state.Settled),
        Next = NextStep.OfTrip(state, dueIn, online),
        Attempts = [.. state.Attempts.Select(attempt => Of(state, attempt, dueIn, online))],
        Left = state.Unsettled.Any() && (state.IsResolved || state.GivenUp || state.CanBeGivenUp) ? Leftover.Of(state) : null,
        History = [.. history.Select(Of)],
    };

    /// <summary>The word for a device that has not said anything yet.</summary>
    public const string UnknownState = "unknown";

    /// <summary>The word for a meter that is heard by its contacts.</summary>
    public const string Contacts = "contacts";

    /// <summary>The word for a meter that is heard by what it prints.</summary>
    public const string ReceiptPrinter = "receipt-printer";

    /// <summary>What was printed; null for a meter that is heard otherwise.</summary>
    public static PrintsReport? Of(PrintTally? tally) => tally is not { } all
        ? null
        : new PrintsReport { Fares = all.Fares, Asked = all.Asked, Repeats = all.Repeats, Reports = all.Reports, DoubtfulInARow = all.DoubtfulInARow };

    /// <summary>A device.</summary>
    /// <param name="status">Its own words; null before its first.</param>
    /// <param name="fitted">False where the configuration has none.</param>
    public static DeviceReport Of(DeviceStatus? status, bool fitted) => fitted ? Of(status) : Of(status) with { Fitted = false };

    /// <summary>The customer's printer; null where there is none.</summary>
    public static PrinterReport? Of(ICustomerPrinter printer)
    {
        if (!printer.Fitted)
            return null;
        var status = printer.Status;
        return new PrinterReport { Port = Of(printer.Device), State = Kebab.Of(status.State), InLine = printer.InLine, Waiting = status.Waiting, Dropped = status.Dropped };
    }

    public static TokenReport Of(TokenState token, DateTimeOffset now) => new()
    {
        Valid = token.Left is not null,
        ValidUntil = token.Left is { } left ? Whole(now + left) : null,
        LastFailure = token.LastFailure is { } failure
            ? new TokenFailureReport(
                Whole(now - failure.Ago), Kebab.Of(failure.Kind), failure.Detail, failure.Status?.ToString(CultureInfo.InvariantCulture), failure.TraceId)
            : null,
    };

    public static EPaymentReport Of(LastCalls calls, DateTimeOffset now) => new() { LastSuccess = Of(calls.Success, now), LastFailure = Of(calls.Failure, now) };

    public static DeviceReport Of(DeviceStatus? status) => status is null ? new DeviceReport(UnknownState, null) : new DeviceReport(Kebab.Of(status.State), status.Message);

    public static TrafficReport Of(SerialTraffic line, TfpLink link) => new()
    {
        Openings = line.Openings,
        BytesReceived = line.BytesReceived,
        BytesSent = line.BytesSent,
        BytesDamaged = line.BytesDamaged,
        BytesOutside = link.Reader.NoiseBytes,
        Breaks = line.Breaks,
        FramesReceived = link.Reader.Received,
        FramesSent = link.FramesSent,
        FramesSentAgain = link.FramesSentAgain,
        FramesNotSent = line.FramesNotSent,
        Dropped = Enum.GetValues<DroppedFrame>().ToDictionary(Kebab.Of, link.Reader.Dropped),
        AnswersIgnored = link.AnswersIgnored,
        Echoes = link.EchoesIgnored,
    };

    public static string IdOf(TripSummary trip) => trip.Trip?.ToString() ?? trip.Booking ?? "";

    /// <summary>The trip's own number, which is what a person types; a booking has only its name.</summary>
    /// <param name="id">As <see cref="IdOf(TripState)"/> gives it.</param>
    public static string NumberOf(string id) => id.Split('/') is [_, var number, _] ? number : id;

    public static string IdOf(TripState state) => state.Trip?.ToString() ?? state.BookingName ?? "";

    private static AttemptReport Of(TripState state, Attempt attempt, Func<string, TimeSpan?> dueIn, bool online) => new()
    {
        Reference = attempt.Reference.ToString(),
        Kind = Kebab.Of(attempt.Kind),
        Msn = attempt.SalesUnit.MerchantSerialNumber,
        Amount = attempt.Amount.MinorUnits,
        Phone = Masked(attempt.Phone?.Masked),
        ByCode = attempt.ByCode ? true : null,
        Existence = Kebab.Of(attempt.Existence),
        State = Kebab.Of(attempt.State),
        Authorized = attempt.Authorized,
        Captured = attempt.Captured,
        Cancelled = attempt.Cancelled,
        Refunded = attempt.Refunded,
        Receipt = Kebab.Of(attempt.Receipt),
        Ending = attempt.Ending is { } ending ? Kebab.Of(ending) : null,
        CertainAt = attempt.Existence == Existence.Uncertain ? attempt.CertainAt : null,
        Next = NextStep.OfAttempt(state, attempt, dueIn, online),
    };

    private static HistoryReport Of(HistoryLine line) => new()
    {
        At = line.At,
        Actor = line.Actor,
        What = line.What,
        Text = line.Text,
        Reference = line.Reference,
        Code = line.Code,
        TraceId = line.TraceId,
        DurationMs = line.Duration?.TotalMilliseconds,
    };

    private static WordReport? Of(Word? word) =>
        word is null ? null : new WordReport(Kebab.Of(word.Kind), word.Reference.ToString(), word.Amount, word.Due, word.Reason is { } reason ? Kebab.Of(reason) : null, word.Acknowledged);

    private static ServiceCallReport? Of(LastCall? call, DateTimeOffset now) => call is null
        ? null
        : new ServiceCallReport(
            now - call.Ago, Kebab.Of(call.Kind), call.End is { } end ? Kebab.Of(end) : null, call.Code, call.TraceId, call.Duration?.TotalMilliseconds);

    // To the second: what is reckoned anew each time would differ by a breath.
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds((time.ToUnixTimeMilliseconds() + 500) / 1000);

    private static string? Masked(string? masked) => masked is { Length: > 0 } ? masked : null;
}
