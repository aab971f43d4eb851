using System.Collections.Immutable;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>What is explored. Each brings together what can meet; what cannot is kept apart, or the worlds would be too many.</summary>
internal static class Scenarios
{
    private static readonly Scenario s_quiet = new() { Name = "", DriverAsks = false, DriverTakesOtherWay = false, Attempts = 1 };

    private static readonly Scenario s_booked = s_quiet with { Booked = true };

    public static ImmutableArray<Scenario> All { get; } =
    [
        s_quiet with { Name = "known" },
        s_quiet with { Name = "plain", KnownPhone = false, DriverAsks = true },
        s_quiet with { Name = "void", Voids = true },
        s_quiet with { Name = "cash", DriverTakesOtherWay = true },
        s_quiet with { Name = "again", DriverAsks = true, OtherNumber = true, Attempts = 2 },
        s_quiet with { Name = "refund", Refunds = [10_000, 34_500] },
        s_quiet with { Name = "refund-void", Refunds = [10_000], Voids = true },
        s_quiet with { Name = "void-asks", Voids = true, Policy = s_quiet.Policy with { AskOnVoidAfterCapture = true } },
        s_quiet with { Name = "late", GuaranteeEnds = true },
        s_quiet with { Name = "hints", Hints = true },
        s_quiet with { Name = "no-room", NoRoomToWait = true, DriverAsks = true },
        s_quiet with { Name = "old", OldFare = true, DriverAsks = true },
        s_quiet with { Name = "too-little", Total = 60, DriverAsks = true, DriverTakesOtherWay = true },
        s_quiet with { Name = "nothing", Total = 0, DriverAsks = true, DriverTakesOtherWay = true },
        s_booked with { Name = "booked-after", FareFirst = true, KnownPhone = false, Voids = true },
        s_booked with { Name = "booked" },
        s_booked with { Name = "booked-twice-the-fare", Total = 20_000 },
        s_booked with { Name = "booked-too-small", Maximum = 20_000 },
        s_booked with { Name = "booked-too-small-by-little", Maximum = 34_450 },
        s_booked with { Name = "booked-nothing", Maximum = null },
        s_booked with { Name = "booked-void", Voids = true },
        s_booked with { Name = "booked-cash", DriverTakesOtherWay = true },
        s_booked with { Name = "booked-small-cash", Maximum = 20_000, DriverTakesOtherWay = true },
        s_booked with { Name = "booked-no-ride", Total = null, Voids = true },
        s_booked with { Name = "booked-late", GuaranteeEnds = true },
        s_booked with { Name = "booked-void-asks", Maximum = 50_000, Voids = true, Policy = s_quiet.Policy with { AskOnVoidAfterCapture = true } },
    ];
}
