using System.Collections.Immutable;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Coverage;

/// <summary>The kinds of input, finely enough that each says something of its own.</summary>
internal static class Happening
{
    private static readonly string[] s_outcomes = ["done", "refused", "not sent", "unknown", "withdrawn"];

    /// <summary>All kinds, by number.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "FARE", "FARE again", "BOOK", "VOID", "VOID booking", "word acknowledged",
        "number", "send again", "other way", "let stand", "undo", "refund",
        "hint", "restarted",
        .. Enum.GetValues<TimerKind>().Select(timer => $"due {timer}"),
        "query: CREATED", "query: AUTHORIZED", "query: over", "query: 404", "query: refused", "query: not sent", "query: unknown", "query: withdrawn",
        .. Calls().SelectMany(kind => s_outcomes.Select(outcome => $"{kind}: {outcome}")),
        "hold", "release", "resolve", "give up", "orphan hinted",
    ];

    private static readonly ImmutableArray<int> s_callBegins = [.. Enum.GetValues<OperationKind>().Select(kind => Names.IndexOf($"{kind}: done"))];
    private static readonly int s_query = Names.IndexOf("query: CREATED");
    private static readonly int s_hold = Names.IndexOf("hold");
    private static readonly int s_due = Names.IndexOf($"due {default(TimerKind)}");

    public static int Of(Input input, bool repeated) => input switch
    {
        Input.FareReceived => repeated ? 1 : 0,
        Input.BookReceived => 2,
        Input.Voided voided => voided.Trip is not null ? 3 : 4,
        Input.WordAnswered => 5,
        Input.NumberConfirmed => 6,
        Input.SendAgain => 7,
        Input.OtherWayChosen => 8,
        Input.LetStand => 9,
        Input.UndoChosen => 10,
        Input.RefundOrdered => 11,
        Input.PaymentHint => 12,
        Input.Restarted => 13,
        Input.Held => s_hold,
        Input.Released => s_hold + 1,
        Input.Resolved resolved => resolved.GiveUp ? s_hold + 3 : s_hold + 2,
        Input.OrphanHinted => s_hold + 4,
        Input.Due due => s_due + (int)due.Timer,
        Input.Tried { Kind: OperationKind.Query, Result: var result } => s_query + OfReading(result),
        Input.Tried tried => s_callBegins[(int)tried.Kind] + OfOutcome(tried.Result),
        _ => throw new InvalidOperationException($"An input of kind {input.GetType().Name} is not counted."),
    };

    private static IEnumerable<OperationKind> Calls() => Enum.GetValues<OperationKind>().Where(kind => kind != OperationKind.Query);

    private static int OfReading(TryOutcome result) => result switch
    {
        TryOutcome.Read { Reading.State: PaymentState.Created } => 0,
        TryOutcome.Read { Reading.State: PaymentState.Authorized } => 1,
        TryOutcome.Read => 2,
        TryOutcome.Refused { Kind: Refusal.NotFound } => 3,
        _ => 3 + OfOutcome(result),
    };

    private static int OfOutcome(TryOutcome result) => result switch
    {
        TryOutcome.Done or TryOutcome.Read => 0,
        TryOutcome.Refused => 1,
        TryOutcome.NotSent => 2,
        TryOutcome.Unknown => 3,
        _ => 4,
    };
}
