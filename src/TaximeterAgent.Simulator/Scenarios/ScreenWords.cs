using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What the driver reads, in the agent's English: the one place that knows its phrases. Tolerant of everything around them.</summary>
internal static class ScreenWords
{
    /// <summary>A number is asked for.</summary>
    public const string Ask = "Phone";

    /// <summary>The customer has been asked, or the network is awaited.</summary>
    public const string Waiting = "Wait";

    private const string Paid = "PAID";

    /// <summary>The driver is asked something: whatever else stands there, it is no last word.</summary>
    private static readonly string[] QuestionPhrases = ["1=keep", "1=yes"];

    private static readonly string[] NotPaidPhrases =
        ["NOT PAID", "UNPAID", "Refused", "No answer", "Not asked", "Not possible", "Not sent", "Ended", "Pay another way"];

    private static readonly string[] VoidedPhrases = ["VOID"];

    private static readonly string[] RefundedPhrases = ["REFUNDED"];

    /// <summary>An amount in minor units as people here write it: 34500 is <c>345,00</c>.</summary>
    public static string Amount(long minorUnits) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{minorUnits / 100},{minorUnits % 100:D2}");

    public static bool Asks(Screen screen) => screen.Shows(Ask) && Verdict(screen) == Scenarios.Verdict.None;

    public static bool Asks(Screen screen, long amount) => Asks(screen) && screen.Shows(Amount(amount));

    public static bool Waits(Screen screen) => screen.Shows(Waiting);

    public static Verdict Verdict(Screen screen)
    {
        if (QuestionPhrases.Any(screen.Shows))
            return Scenarios.Verdict.None;
        if (NotPaidPhrases.Any(screen.Shows))
            return Scenarios.Verdict.NotPaid;
        if (RefundedPhrases.Any(screen.Shows))
            return Scenarios.Verdict.Refunded;
        if (screen.Shows(Paid))
            return Scenarios.Verdict.Paid;
        return VoidedPhrases.Any(screen.Shows) ? Scenarios.Verdict.Voided : Scenarios.Verdict.None;
    }
}

/// <summary>What a screen says of how a trip ended.</summary>
internal enum Verdict
{
    None,
    Paid,
    NotPaid,
    Refunded,
    Voided,
}
