using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>What a screen says, and what the keys do there.</summary>
/// <param name="Says">One or two sentences.</param>
/// <param name="Keys">Key by key; what the keys do everywhere is said once, ahead of all screens.</param>
internal sealed record Caption(string Says, params (string Key, string Does)[] Keys);

/// <summary>The words of docs/driver.md.</summary>
internal static class Captions
{
    private const string Digits = "`0`–`9`";
    private const string Enter = "`#`";
    private const string Clear = "`*`";
    private const string Back = "`←`";

    private static readonly (string, string)[] s_again =
    [
        ("`1`", "send it again to the same number"), ("`2`", "key another number"), ("`3`", "another way to pay"),
    ];

    private static readonly (string, string)[] s_change = [(Clear, "another number, or another way to pay")];
    private static readonly (string, string)[] s_ok = [($"{Enter} {Clear}", "away with it: the next trip, or ready")];
    private static readonly (string, string)[] s_question = [("`1`", "let it stand: the customer has paid"), ("`2`", "undo it: the customer gets the money back")];
    private static readonly (string, string)[] s_list = [($"{Enter} `↓`", "the next lines"), ("`↑`", "the lines before"), ($"{Clear} {Back}", "back to the menu")];

    /// <exception cref="ArgumentOutOfRangeException">The phase has no caption.</exception>
    public static Caption Of(TripPhase phase) => phase switch
    {
        TripPhase.Booked => new("A booking from the taxi app is known, and its fare has not come: nothing is to be done yet."),
        TripPhase.AskNumber => new("A fare has come. Ask the customer for the number, and whether it is all right to send the request there.", (Digits, "the number's first digit; the others follow"), (Clear, "another way to pay")),
        TripPhase.AskNumberAgain => new("The service knows no customer with that number: ask once more. Nobody is to blame.", (Digits, "the number's first digit; the others follow"), (Clear, "another way to pay")),
        TripPhase.Offer => new("The fare is old, or its booking was cancelled. Nothing is sent unless you want it.", ("`1`", "send it to the number that is known; without one, key it"), ("`2`", "key another number"), ("`3`", "another way to pay")),
        TripPhase.Checking => new("The agent looks whether this fare was asked for before.", s_change),
        TripPhase.Sending => new("The request is on its way to the service. The mark at the right moves while something goes on.", s_change),
        TripPhase.WaitingForNetwork => new("There is no network. The request is kept, and goes out by itself when the network is back.", s_change),
        TripPhase.WaitingForCustomer => new("The customer has the request. At the right: how long it can still be approved; below: the last digits of the number.", s_change),
        TripPhase.Ending => new("The request is being taken back. Until that is certain, the customer could still approve it.", (Clear, "another way to pay, once it is certain")),
        TripPhase.Uncertain => new("Perhaps the request has reached the customer, perhaps not. At the time shown it will be certain; take no other payment before that without asking the customer.", s_change),
        TripPhase.Approved => new("The customer has approved. The money is being collected: it is not paid yet."),
        TripPhase.Paid => new("The money is collected, and that was checked. Only this screen says so.", s_ok),
        TripPhase.NothingDue => new("The fare is nothing: there is nothing to ask for.", s_ok),
        TripPhase.Refused => new("The customer has refused.", s_again),
        TripPhase.Expired => new("The customer did nothing while the request lived.", s_again),
        TripPhase.Rejected => new("The service did not take the request; the customer was not asked. So it is too where the amount is too small or too large for one payment.", s_again),
        TripPhase.NotPossible => new("The sales unit is not set up for such requests: no request will work. Tell the company.", ($"{Clear} {Digits}", "another way to pay")),
        TripPhase.Offline => new("There was no network for so long that the request was given up. The customer was not asked.", s_again),
        TripPhase.Cancelled => new("The request was ended, and can no longer be approved.", s_again),
        TripPhase.OtherWay => new("To be paid another way; no request is out any more.", s_ok),
        TripPhase.GivingBack => new("Settled another way; what the customer had approved is being given back. That goes on by itself.", s_ok),
        TripPhase.Void => new("The meter has said VOID: nothing is due.", s_ok),
        TripPhase.Refunded => new("So much was given back to the customer.", s_ok),
        TripPhase.QuestionApproved => new("The customer approved while you were ending the request. Has the trip been paid another way meanwhile?", s_question),
        TripPhase.QuestionLate => new("The customer's approval is so old that the collection is no longer guaranteed.", ("`1`", "try to collect it all the same"), ("`2`", "give it back")),
        TripPhase.QuestionVoid => new("The meter has said VOID of a fare that is already paid.", ("`1`", "keep the money"), ("`2`", "undo it: the customer gets the money back")),
        TripPhase.Stopped => new("The agent has found something impossible in this trip, and does nothing more for it. The others go on. Call the technician.", s_ok),
        TripPhase.WithTechnician => new("A technician holds this trip: nothing of it goes on by itself. What you key is kept, and is carried out when the technician lets it go on. Ask the technician.", s_change),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, $"TripPhase.{phase} has no caption: say in docs/driver.md what it means."),
    };

    /// <exception cref="ArgumentOutOfRangeException">It has no caption.</exception>
    public static Caption Of(Enum kind) => kind switch
    {
        EntryMode.Number => new(
            "The number, grouped as people say it. It belongs to the trip that was shown when the first digit was keyed, whatever fare comes meanwhile. A number with a country's code begins with `00`.",
            (Digits, "the next digit"), (Enter, "this number, and send the request"), (Back, "away with the last digit; with none left, back"), (Clear, "away with all digits; with none left, back")),
        EntryMode.Choice => new("A request is out. What shall become of it?", ("`2`", "key another number; the request is ended when that is confirmed"), ("`3`", "another way to pay"), ($"{Clear} {Back} other digits", "wait on")),
        EntryMode.OtherWay => new("Another way to pay: really?", ("`1`", "yes: the request, if one is out, is ended"), ($"{Clear} {Back} other digits", "no, back")),
        AmountMode.Keying => new("Only where the meter says no amount, or prints one that is in doubt (`Receipt?`, `Copy?`: what was read is shown): key it as on a till, the last digits are the hundredths.", (Digits, "the next digit"), (Enter, "that is the amount"), (Back, "away with the last digit"), (Clear, "away with all digits; with none left: no amount at all")),
        AmountMode.Confirming => new("Is the amount right?", ("`1`", "yes"), ($"{Clear} {Back}", "no, back to the digits")),
        AmountMode.Dropping => new("No amount for this trip: really?", ("`1`", "yes: nothing is asked for"), ($"{Clear} {Back} other digits", "no, back")),
        MenuPage.Main => new("What there is. Refund is there only with a PIN, light only with a display that has one.", ("`1`–`6`", "opens the page"), ($"{Enter} `↓`", "the next lines"), ("`↑`", "the lines before"), ($"{Clear} {Back}", "closes the menu")),
        MenuPage.Unpaid => new("Trips that are not paid yet: what is due, and when the trip was over.", [("`1` `2`", "turns to the trip on that line"), .. s_list]),
        MenuPage.Paid => new("The last trips that were paid.", [("`1` `2`", "shows the trip on that line"), .. s_list]),
        MenuPage.Detail => new("One paid trip: amount, time, whom it asked, the meter's number of it.", ($"{Enter} `↓`", "the next line"), ($"{Clear} {Back}", "back to the list")),
        MenuPage.RefundPin => new("The PIN, before the last paid trip can be refunded. After some wrong ones it is locked for a while.", (Digits, "the PIN"), (Enter, "confirms it"), (Back, "away with the last digit; with none left, back"), (Clear, "away with all digits; with none left, back")),
        MenuPage.RefundSure => new("All of this amount is to be given back: really?", ("`1`", "yes"), ($"{Clear} {Back} other digits", "no, back to the menu")),
        MenuPage.Language => new("Each by its own name.", [("`1`–`5`", "that language, from now on"), .. s_list]),
        MenuPage.Light => new("The display's light.", [("`1` `2`", "on, off"), .. s_list]),
        MenuPage.State => new("How network, meter and outbox are.", s_list),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"{Pending.NameOf(kind)} has no caption: say in docs/driver.md what it is for."),
    };
}
