using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Driver.Screens;

/// <summary>The screens of a trip: the first line has the amount, the second what is so or what is asked; where there are more, what it is about and what the keys do.</summary>
internal static class TripScreen
{
    public static List<string> Of(ScreenView view, TripState trip, Line line, Words words)
    {
        var phase = trip.PhaseOf(view.Car.Online);
        var amount = Amounts.Of(trip);
        var about = About(view, trip, line);
        // Where the display asks for a key that cannot be pressed, it says so: the driver would wait for an answer to keys that nobody hears.
        if (!view.Car.KeypadReady && (view.Entry is not null || phase.IsDriversTurn() || phase.IsQuestion()))
            return [Of(view, trip, phase, line, words)[0], words.KeypadGone, about];
        return view.Entry switch
        {
            { Mode: EntryMode.Number } entry => Number(view, entry, line.Pair(amount, words.Number), line, words),
            { Mode: EntryMode.Choice } => [amount, words.NumberOther, about, words.KeysWaitingChoice],
            { Mode: EntryMode.OtherWay } => [amount, words.OtherYesNo, about, words.KeysNo],
            // Nothing of it goes on by itself.
            _ when !view.Car.Ignition && GoesOn(phase) && phase != TripPhase.Uncertain && phase != TripPhase.Approved => [amount, words.IgnitionOff, about, words.KeysWaiting],
            // Nothing is requested, so nobody is asked for a number; and what waits waits for whoever brings the keys.
            _ when !view.Car.SetUp && (phase.TakesNumber() || phase.IsWaiting()) && phase != TripPhase.Uncertain => [amount, words.NotSetUp, about, phase.TakesNumber() ? words.KeysAsk : words.KeysWaiting],
            _ when phase == TripPhase.WaitingForCustomer && IsByCode(trip) => [line.Pair(amount, Left(view, trip)), CodeScreen.Says(view, trip, words), about, words.KeysCode],
            _ => [.. Of(view, trip, phase, line, words), .. More(phase, view, about, line, words)],
        };
    }

    /// <summary>True while it waits for something that is not the driver: the seconds are counted.</summary>
    public static bool IsMoving(ScreenView view, TripState trip) => view.Car.Ignition && GoesOn(trip.PhaseOf(view.Car.Online));

    private static bool GoesOn(TripPhase phase) => phase.IsWaiting() || phase is TripPhase.Ending or TripPhase.Approved;

    private static string[] Of(ScreenView view, TripState trip, TripPhase phase, Line line, Words words)
    {
        var amount = Amounts.Of(trip);
        var moving = line.Pair(amount, Times.Mark(view.Now));
        return phase switch
        {
            TripPhase.AskNumber => [line.Pair(amount, words.Number), line.Apart("_", words.Agreed)],
            TripPhase.AskNumberAgain => [amount, words.NumberAgain],
            TripPhase.Offer => [line.Pair(amount, words.Offer), words.AgainNumberOther],
            TripPhase.Checking => [moving, words.Checking],
            TripPhase.Sending => [moving, words.Sending],
            TripPhase.WaitingForNetwork => [moving, words.KeptForNetwork],
            TripPhase.WaitingForCustomer => [line.Pair(amount, Left(view, trip)), $"{words.Waiting} {Numbers.LastDigits(trip)}"],
            TripPhase.Ending => [moving, words.Ending],
            TripPhase.Uncertain => Uncertain(view, trip, line, words),
            TripPhase.Approved => [moving, words.Approved],
            TripPhase.Paid => [amount, words.Paid],
            TripPhase.NothingDue => [amount, words.NothingDue],
            TripPhase.Refused => [line.Pair(amount, words.Refused), words.AgainNumberOther],
            TripPhase.Expired => [line.Pair(amount, words.Expired), words.AgainNumberOther],
            TripPhase.Rejected => [line.Pair(amount, words.Rejected), words.AgainNumberOther],
            TripPhase.NotPossible => [amount, words.NotPossible],
            TripPhase.Offline => [line.Pair(amount, words.Offline), words.AgainNumberOther],
            TripPhase.Cancelled => [line.Pair(amount, words.Cancelled), words.AgainNumberOther],
            TripPhase.OtherWay => [amount, words.CollectOtherwise],
            TripPhase.GivingBack => [amount, words.GivingBack],
            TripPhase.Void => [amount, words.Void],
            TripPhase.Refunded => [amount, words.Refunded],
            TripPhase.QuestionApproved => [line.Pair(amount, words.ApprovedQuestion), words.KeepUndo],
            TripPhase.QuestionLate => [line.Pair(amount, words.LateQuestion), words.KeepUndo],
            TripPhase.QuestionVoid => [line.Pair(amount, words.VoidQuestion), words.KeepUndo],
            TripPhase.Stopped => [amount, words.Stopped],
            TripPhase.WithTechnician => [amount, words.WithTechnician],
            _ => [words.Ready, ""],
        };
    }

    private static bool IsByCode(TripState trip) => trip.Attempts.LastOrDefault(a => !a.Over) is { ByCode: true };

    private static string[] Uncertain(ScreenView view, TripState trip, Line line, Words words)
    {
        var until = trip.Attempts.Last(a => !a.Over).CertainAt;
        return
        [
            line.Pair(Amounts.Of(trip), $"{words.Unsure} {Times.Mark(view.Now)}"),
            until is { } at ? $"{words.NotSureUntil} {Times.Clock(at, view.Zone)}" : words.NotSure,
        ];
    }

    // Until the request expires. A clock that was set meanwhile may make it anything: then the mark is all that can be said.
    private static string Left(ScreenView view, TripState trip) =>
        trip.Attempts.LastOrDefault(a => !a.Over)?.ExpiresAt - view.Now is { } left && left >= TimeSpan.Zero && left < TimeSpan.FromHours(1) ? Times.Left(left) : Times.Mark(view.Now);

    private static List<string> Number(ScreenView view, Entry entry, string first, Line line, Words words)
    {
        var number = Numbers.Grouped(entry.Digits, view.Country);
        var typed = entry.IsNumber(view.Country)
            ? number.Length + 1 + words.Confirm.Length <= line.Columns ? line.Apart(number, words.Confirm) : line.Apart(number, "#")
            : entry.IsCode && view.Car.Printer is not null ? line.Apart("0", words.ConfirmCode)
            : entry.Digits.Length == 0 ? line.Apart("_", words.Agreed) : line.Last(number + "_");
        var fault = entry.FaultIn(view.Country) switch
        {
            PhoneNumberFault.TooLong => words.TooLong,
            PhoneNumberFault.TooShort => words.TooShort,
            PhoneNumberFault.Impossible => words.Impossible,
            _ => null,
        };
        return [first, fault ?? typed, fault is null ? Offer(view, line) : typed, words.KeysNumber];
    }

    // A code is offered where it can be printed.
    private static string Offer(ScreenView view, Line line) => view.Car.Printer is null ? $"{view.Brand} ok?" : line.Apart($"{view.Brand} ok?", CodeScreen.Keys);

    private static string[] More(TripPhase phase, ScreenView view, string about, Line line, Words words) => phase switch
    {
        TripPhase.AskNumber or TripPhase.AskNumberAgain => [Offer(view, line), words.KeysAsk],
        TripPhase.NotPossible => [about, words.KeysAsk],
        _ when phase.IsDriversTurn() => [words.KeysChoiceFirst, words.KeysChoiceSecond],
        _ when phase.IsWaiting() || phase == TripPhase.Ending => [about, words.KeysWaiting],
        _ when phase.IsFinal() => [about, "#=ok"],
        _ => [about],
    };

    // Which trip: whom it asks and the meter's number of it, or when it was over.
    private static string About(ScreenView view, TripState trip, Line line)
    {
        var number = trip.Trip?.Trip ?? "";
        var whom = IsByCode(trip) ? CodeScreen.Name : Numbers.Masked((trip.Attempts.LastOrDefault(a => !a.Over)?.Phone ?? trip.Phone)?.Masked ?? "");
        if (whom.Length > 0)
            return line.Apart(whom, number);
        return Times.Read(trip.Fare?.Finish) is { } at ? line.Apart(Times.Clock(at, view.Zone), number) : line.Last(number);
    }
}
