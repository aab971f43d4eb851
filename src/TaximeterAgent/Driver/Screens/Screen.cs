using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Driver.Screens;

/// <summary>
/// The display: a function of the stored state, of the keys typed so far and of the car's own state. It knows nothing else about payments, so it cannot say more
/// than what is stored.
/// </summary>
internal static class Screen
{
    /// <summary>The narrowest display that there is; a wider one shows the same.</summary>
    private const int Columns = 16;

    /// <summary>The lines to show, two of sixteen characters.</summary>
    public static IReadOnlyList<string> Of(TripState? trip, Entry? entry, CarStatus car, Language language, Country country)
    {
        var words = Words.Of(language);
        if (!car.StoreWritable)
            return [words.StoreFull, words.CollectOtherwise];
        if (trip is null || trip.PhaseOf(car.Online) == TripPhase.Booked)
            return [words.Ready, Trouble(car, words)];
        var amount = Amount(trip);
        if (!car.KeypadReady && (entry is not null || AsksDriver(trip.PhaseOf(car.Online))))
            return [Of(trip, trip.PhaseOf(car.Online), amount, words)[0], words.KeypadGone];
        return entry switch
        {
            { Mode: EntryMode.Number } => [Pair(amount, words.Number), entry.Fault ?? Last(Grouped(entry.Digits, country)) + "_"],
            { Mode: EntryMode.Choice } => [amount, words.NumberOther],
            { Mode: EntryMode.OtherWay } => [amount, words.OtherYesNo],
            // Nothing of it goes on by itself.
            _ when !car.Ignition && trip.PhaseOf(car.Online) is TripPhase.Checking or TripPhase.Sending or TripPhase.WaitingForNetwork or TripPhase.WaitingForCustomer or TripPhase.Ending =>
                [amount, words.IgnitionOff],
            _ => Of(trip, trip.PhaseOf(car.Online), amount, words),
        };
    }

    /// <summary>The lines that ask for the amount of a trip of a meter that says none.</summary>
    public static IReadOnlyList<string> Of(AmountEntry entry, DateTimeOffset? stopped, Currency currency, CarStatus car, Language language)
    {
        var words = Words.Of(language);
        if (!car.StoreWritable)
            return [words.StoreFull, words.CollectOtherwise];
        var amount = Amount(entry.Minor, currency);
        var question = stopped is { } at ? $"{Clock(at)} {words.Amount}" : words.Amount;
        return entry.Mode switch
        {
            AmountMode.Confirming => [amount, words.AmountRight],
            AmountMode.Dropping => [question, words.NoFare],
            _ => [question, entry.Fault ?? amount],
        };
    }

    // Where the display asks for a key that cannot be pressed, it says so: the driver would wait for an answer to keys that nobody hears.
    private static bool AsksDriver(TripPhase phase) => phase.IsDriversTurn() || phase.IsQuestion();

    // What keeps the next fare from being paid comes first.
    private static string Trouble(CarStatus car, Words words) =>
        !car.Ignition ? words.IgnitionOff
        : !car.LineOpen ? words.NoMeterLine
        : car.OtherMeter ? words.OtherMeter
        : !car.MeterHeard ? words.MeterSilent
        : !car.KeypadReady ? words.KeypadGone
        : car.Online ? "" : words.NoNetwork;

    private static string[] Of(TripState trip, TripPhase phase, string amount, Words words) => phase switch
    {
        TripPhase.AskNumber => [Pair(amount, words.Number), "_"],
        TripPhase.AskNumberAgain => [amount, words.NumberAgain],
        TripPhase.Offer => [Pair(amount, words.Offer), words.AgainNumberOther],
        TripPhase.Checking => [amount, words.Checking],
        TripPhase.Sending => [amount, words.Sending],
        TripPhase.WaitingForNetwork => [amount, words.KeptForNetwork],
        TripPhase.WaitingForCustomer => [amount, $"{words.Waiting} {LastDigits(trip)}"],
        TripPhase.Ending => [amount, words.Ending],
        TripPhase.Uncertain => [Pair(amount, words.Unsure), trip.Attempts.Last(a => !a.Over).CertainAt is { } at ? $"{words.NotSureUntil} {Clock(at)}" : words.NotSure],
        TripPhase.Approved => [amount, words.Approved],
        TripPhase.Paid => [amount, words.Paid],
        TripPhase.NothingDue => [amount, words.NothingDue],
        TripPhase.Refused => [Pair(amount, words.Refused), words.AgainNumberOther],
        TripPhase.Expired => [Pair(amount, words.Expired), words.AgainNumberOther],
        TripPhase.Rejected => [Pair(amount, words.Rejected), words.AgainNumberOther],
        TripPhase.NotPossible => [amount, words.NotPossible],
        TripPhase.Offline => [Pair(amount, words.Offline), words.AgainNumberOther],
        TripPhase.Cancelled => [Pair(amount, words.Cancelled), words.AgainNumberOther],
        TripPhase.OtherWay => [amount, words.CollectOtherwise],
        TripPhase.GivingBack => [amount, words.GivingBack],
        TripPhase.Void => [amount, words.Void],
        TripPhase.Refunded => [amount, words.Refunded],
        TripPhase.QuestionApproved => [Pair(amount, words.ApprovedQuestion), words.KeepUndo],
        TripPhase.QuestionLate => [Pair(amount, words.LateQuestion), words.KeepUndo],
        TripPhase.QuestionVoid => [Pair(amount, words.VoidQuestion), words.KeepUndo],
        TripPhase.Stopped => [amount, words.Stopped],
        _ => [words.Ready, ""],
    };

    /// <summary>The amount that matters: what was paid or given back, what is left to collect, or what the meter said.</summary>
    public static string Amount(TripState trip)
    {
        if (trip.Fare is not { } fare)
            return "";
        var minor = trip.Word switch
        {
            { Kind: WordKind.Paid or WordKind.Refunded } word => word.Amount,
            { Kind: WordKind.Unpaid, Due: > 0 } word when trip.Attempts.All(a => a.Over) => word.Due,
            _ when trip.Attempts.LastOrDefault(a => !a.Over && a.Kind == AttemptKind.Request) is { } live => live.Amount.MinorUnits,
            _ => fare.Total.MinorUnits,
        };
        return Amount(minor, fare.Total.Currency);
    }

    /// <summary>In the country's form: <c>345,00 kr</c>.</summary>
    public static string Amount(long minor, Currency currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{minor / 100},{minor % 100:00} {(currency == Currency.EUR ? "EUR" : "kr")}");

    /// <summary>As people say a number: <c>912 34 567</c>; one with a country's code as it was typed.</summary>
    private static string Grouped(string digits, Country country)
    {
        if (country is not (Country.NO or Country.DK) || digits.StartsWith("00", StringComparison.Ordinal) || digits.Length <= 3)
            return digits;
        return country == Country.DK
            ? string.Join(' ', digits.Chunk(2).Select(pair => new string(pair)))
            : digits.Length <= 5 ? $"{digits[..3]} {digits[3..]}" : $"{digits[..3]} {digits[3..5]} {digits[5..]}";
    }

    private static string LastDigits(TripState trip) => trip.Attempts.LastOrDefault(a => !a.Over)?.Phone is { } phone ? $"**{phone.Msisdn[^2..]}" : "";

    private static string Clock(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);

    // The amount left, the word right. Where both do not fit the currency goes, which the driver knows; the amount is never cut.
    private static string Pair(string amount, string word)
    {
        var number = amount.Length + 1 + word.Length > Columns ? amount.Split(' ')[0] : amount;
        var room = Columns - number.Length - 1;
        var cut = word.Length > room ? word[..Math.Max(0, room)] : word;
        return number + cut.PadLeft(Columns - number.Length);
    }

    // Of a number that is longer than the line the end is shown: that is where the driver types.
    private static string Last(string text) => text.Length > Columns - 1 ? text[^(Columns - 1)..] : text;
}
