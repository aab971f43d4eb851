using System.Collections.Immutable;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>What is explored. Each brings together what can meet; what cannot is kept apart, or the worlds would be too many.</summary>
internal static class Scenarios
{
    private static readonly Scenario s_quiet = new() { Name = "", DriverAsks = false, DriverTakesOtherWay = false, Attempts = 1 };

    private static readonly Scenario s_booked = s_quiet with { Booked = true };

    private static readonly Reference s_first = Reference.OfTrip("taxi", "NO4711", Scenario.Trip, 1);

    // What makes the agent go another way, by the call that it can come with.
    private static readonly ImmutableArray<(OperationKind, Refusal)> s_ofRequest =
    [
        (OperationKind.Create, Refusal.TooFast), (OperationKind.Create, Refusal.Busy), (OperationKind.Create, Refusal.CustomerUnknown),
        (OperationKind.Create, Refusal.NotSetUp), (OperationKind.Create, Refusal.BadRequest), (OperationKind.Create, Refusal.KeysRefused),
        (OperationKind.Query, Refusal.TooFast), (OperationKind.Query, Refusal.NotFound), (OperationKind.CancelUnapproved, Refusal.Busy),
    ];

    private static readonly ImmutableArray<(OperationKind, Refusal)> s_ofMoney =
    [
        (OperationKind.Capture, Refusal.TryAgain), (OperationKind.Capture, Refusal.Busy), (OperationKind.Capture, Refusal.CaptureTooLate),
        (OperationKind.Capture, Refusal.MustCaptureInFull), (OperationKind.Capture, Refusal.BadRequest), (OperationKind.Capture, Refusal.KeysRefused),
        (OperationKind.Cancel, Refusal.Busy), (OperationKind.PostReceipt, Refusal.BadRequest), (OperationKind.PostReceipt, Refusal.ReceiptDiffers),
        (OperationKind.Refund, Refusal.TryAgain), (OperationKind.Refund, Refusal.Busy), (OperationKind.Refund, Refusal.RefundImpossible),
    ];

    // What an earlier store can have left behind.
    private static readonly ImmutableArray<Payment?> s_earlier =
    [
        null,
        new() { Reference = s_first, Amount = 34_500 },
        new() { Reference = s_first, Amount = 34_500, State = PaymentState.Aborted },
        new() { Reference = s_first, Amount = 34_500, State = PaymentState.Authorized, Authorized = 34_500 },
        new() { Reference = s_first, Amount = 34_500, State = PaymentState.Authorized, Authorized = 34_500, Captured = 34_500, Receipt = 34_500 },
        new() { Reference = s_first, Amount = 34_500, State = PaymentState.Authorized, Authorized = 34_500, Captured = 34_500, Receipt = 34_500, Refunded = 10_000 },
    ];

    public static ImmutableArray<Scenario> All { get; } =
    [
        s_quiet with { Name = "known" },
        s_quiet with { Name = "held", Holds = 1, Voids = true, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "resolved", Resolves = 2, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "plain", KnownPhone = false, DriverAsks = true },
        s_quiet with { Name = "void", Voids = true },
        s_quiet with { Name = "cash", DriverTakesOtherWay = true, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "again", DriverAsks = true, OtherNumber = true, Attempts = 2, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "refund", Refunds = [10_000, 34_500] },
        s_quiet with { Name = "refund-void", Refunds = [10_000], Voids = true },
        s_quiet with { Name = "void-asks", Voids = true, Policy = s_quiet.Policy with { AskOnVoidAfterCapture = true } },
        s_quiet with { Name = "late", GuaranteeEnds = true, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "hints", Hints = true },
        s_quiet with { Name = "no-room", NoRoomToWait = true, DriverAsks = true },
        s_quiet with { Name = "old", OldFare = true, DriverAsks = true },
        s_quiet with { Name = "too-little", Total = 60, DriverAsks = true, DriverTakesOtherWay = true },
        s_quiet with { Name = "nothing", Total = 0, DriverAsks = true, DriverTakesOtherWay = true },
        s_quiet with { Name = "refused-request", RefusalKinds = s_ofRequest, Refusals = 2, DriverAsks = true, OtherNumber = true, DriverTakesOtherWay = true, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "refused-money", RefusalKinds = s_ofMoney, Refusals = 2, Voids = true, Refunds = [10_000], Crashes = 1, Losses = 1 },
        s_quiet with { Name = "refused-for-ever", RefusalKinds = s_ofMoney, RefusalsAreRemembered = true, KeysAreForgotten = true, Refusals = 1, Voids = true, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "keys-forgotten", KeysAreForgotten = true, Refunds = [10_000] },
        s_quiet with { Name = "new-store", Probe = true, Voids = true, EarlierPayments = s_earlier, DriverAsks = true, Attempts = 1, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "orphan", Orphaned = true, Probe = true, Voids = true, EarlierPayments = s_earlier, Crashes = 1, Losses = 1 },
        s_booked with { Name = "booked-refused", RefusalKinds = s_ofMoney, Refusals = 1, Crashes = 1, Losses = 1 },
        s_quiet with { Name = "held-cash", Holds = 1, DriverAsks = true, DriverTakesOtherWay = true, Crashes = 0, Losses = 1 },
        s_quiet with { Name = "resolved-refused", Resolves = 2, RefusalKinds = s_ofMoney, Refusals = 2, Refunds = [10_000], Crashes = 0, Losses = 0 },
        s_quiet with { Name = "resolved-unruly", Resolves = 1, Holds = 1, Voids = true, DriverTakesOtherWay = true, Crashes = 0, Losses = 1 },
        s_quiet with { Name = "resolved-late", Resolves = 1, GuaranteeEnds = true, Crashes = 0, Losses = 0 },
        s_booked with { Name = "booked-held", Holds = 1, Voids = true, Crashes = 0, Losses = 0 },
        s_booked with { Name = "booked-resolved", Resolves = 1, Maximum = 20_000, DriverTakesOtherWay = true, Crashes = 0, Losses = 0 },
        s_booked with { Name = "booked-after", FareFirst = true, KnownPhone = false, Voids = true },
        s_booked with { Name = "booked", Crashes = 1, Losses = 1 },
        s_booked with { Name = "booked-twice-the-fare", Total = 20_000, Crashes = 1, Losses = 1 },
        s_booked with { Name = "booked-too-small", Maximum = 20_000, Crashes = 1, Losses = 1 },
        s_booked with { Name = "booked-too-small-by-little", Maximum = 34_450, Crashes = 1, Losses = 1 },
        s_booked with { Name = "booked-nothing", Maximum = null },
        s_booked with { Name = "booked-void", Voids = true, Crashes = 1, Losses = 1 },
        s_booked with { Name = "booked-cash", DriverTakesOtherWay = true, Crashes = 0, Losses = 1 },
        s_booked with { Name = "booked-small-cash", Maximum = 20_000, DriverTakesOtherWay = true, Crashes = 0, Losses = 1 },
        s_booked with { Name = "booked-no-ride", Total = null, Voids = true },
        s_booked with { Name = "booked-late", GuaranteeEnds = true, Crashes = 1, Losses = 1 },
    ];
}
