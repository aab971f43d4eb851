using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Sync;

/// <summary>
/// What was decided, in words for the history: the difference that an input has made to a trip. Pure. It says only what changes for good, so that a trip has few lines
/// however long it is tried; calls and what the meter and people say have lines of their own. No phone numbers.
/// </summary>
internal static class Story
{
    /// <summary>What is worth a line of what one input has changed.</summary>
    /// <param name="before">The state before it.</param>
    /// <param name="after">The state after it.</param>
    /// <param name="input">What has happened.</param>
    public static IEnumerable<(string What, string Text, Reference? Reference)> Of(TripState before, TripState after, Input input)
    {
        if (input is Input.Due due && !ReferenceEquals(before, after))
            yield return ("timer", Ended(due.Timer), due.Reference);
        if (OfOrphan(before.Orphan, after.Orphan) is { } orphan)
            yield return ("decided", orphan, (after.Orphan ?? before.Orphan)!.Reference);
        foreach (var attempt in after.Attempts)
        {
            if (before.Attempts.FirstOrDefault(a => a.Reference == attempt.Reference) is not { } was)
                yield return ("decided", attempt.Existence == Existence.Probing ? "looked for, in case it was made before" : $"{Kind(attempt)} of {attempt.Amount} is made", attempt.Reference);
            else if (OfAttempt(was, attempt) is { } text)
                yield return ("decided", text, attempt.Reference);
        }

        if (before.Settled != after.Settled)
            yield return ("decided", after.Settled switch
            {
                SettledBy.Void => "settled by VOID: nothing new is captured",
                SettledBy.Cash => "settled another way: nothing new is captured",
                _ => "settled otherwise, a technician says: nothing new is captured",
            }, null);
        if (before.Question != after.Question)
            yield return ("decided", after.Question switch
            {
                Question.None => "the question is answered",
                Question.ApprovedMeanwhile => "the driver is asked: approved while it was being ended, keep or undo?",
                Question.CaptureNotGuaranteed => "the driver is asked: the capture is no longer guaranteed, capture or give back?",
                _ => "the driver is asked: VOID after the capture, keep or refund?",
            }, null);
        if (before.ReservationEnd != after.ReservationEnd)
            yield return ("decided", after.ReservationEnd switch
            {
                ReservationEnd.NoShow => "nobody came: the reservation is given back",
                ReservationEnd.BookingCancelled => "the booking is cancelled: the reservation is given back",
                _ => "the sales unit captures in full only: the reservation is given back",
            }, null);
        if (!before.RequestTooOld && after.RequestTooOld)
            yield return ("decided", "the request has waited for too long: it is offered to the driver, and not sent by itself", null);
        if (!before.Unrequestable && after.Unrequestable)
            yield return ("decided", "too little or too much for one payment: shown to the driver, not requested", null);
        if (!before.OtherWay && after.OtherWay)
            yield return ("decided", "the driver takes another way to pay, once nothing can be approved any more", null);
        if (after.Word is { } word && word.Number != before.Word?.Number)
            yield return ("decided", word.Kind switch
            {
                WordKind.Paid => $"PAID: captured and checked, {Amount(after, word.Amount)}",
                WordKind.Unpaid => $"UNPAID: nothing can be approved any more, {Amount(after, word.Due)} is left to collect",
                _ => $"REFUNDED: {Amount(after, word.Amount)} is given back in all",
            }, word.Reference);
    }

    private static string? OfOrphan(Orphan? was, Orphan? now) => (was, now) switch
    {
        (null, not null) => "no trip here has this payment: it is read, as one that an earlier store has made",
        (not null, null) => "the meter has named what the payment was made for: the trip goes on as any other",
        ({ NotOurs: false }, { NotOurs: true }) => "no payment of this car: left alone",
        ({ LetGo: false }, { LetGo: true }) => "another trip here is what the payment was made for, and has it now",
        ({ ReleaseDue: false }, { ReleaseDue: true }) => "nobody claims the payment: what is reserved is released, what is captured stays",
        _ => null,
    };

    private static string? OfAttempt(Attempt was, Attempt now) => (was, now) switch
    {
        ({ Ending: null }, { Ending: { } ending }) => $"{Kind(now)} is over: {ending}",
        ({ Undo: false }, { Undo: true }) => "nothing of it may be kept: released, or refunded",
        ({ Withdraw: false }, { Withdraw: true }) => "to be ended, unless the customer has approved",
        ({ Uncapturable: null }, { Uncapturable: { } why }) => $"it will never be captured: {why}",
        ({ Capture: null }, { Capture: { } capture }) => $"capture of {new Core.Fares.Money(capture.Amount, now.Amount.Currency)} begins",
        ({ Refund: null }, { Refund: { } refund }) => $"refund of {new Core.Fares.Money(refund.Amount, now.Amount.Currency)} begins",
        ({ Existence: not Existence.Uncertain }, { Existence: Existence.Uncertain }) => "it is not certain whether it was made: read until a 404 is proof",
        _ => null,
    };

    private static string Ended(TimerKind timer) => timer switch
    {
        TimerKind.OfflineTooLong => "it has waited for the network as long as the policy allows",
        TimerKind.Certain => "from now on a 404 is proof",
        TimerKind.Orphan => "nobody has named a fare for the payment in time",
        TimerKind.NoShow => "nobody came for the booking in time",
        TimerKind.Choice => "nobody has answered the question in time",
        _ => "read once more, to be certain",
    };

    private static string Kind(Attempt attempt) => attempt.Kind == AttemptKind.Reservation ? "reservation" : "request";

    private static string Amount(TripState state, long minorUnits) => state.Fare is { } fare ? new Core.Fares.Money(minorUnits, fare.Total.Currency).ToString() : "";
}
