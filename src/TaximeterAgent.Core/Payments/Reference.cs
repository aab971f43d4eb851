using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

/// <summary>
/// The name of one payment: <c>{prefix}-{car}-{label}-{check}-{attempt}</c>, at most 50 characters. It is made from the identity alone, so that an
/// agent whose store is empty asks for the same names and finds its old payments.
/// </summary>
public readonly record struct Reference
{
    /// <summary>The longest that every version of the payment service accepts, in characters.</summary>
    public const int Maximum = 50;

    /// <summary>Attempts of one trip: more than a driver will ever make, few enough to search through.</summary>
    public const int AttemptMaximum = 99;

    private const int CheckLength = 8;
    private const string BookingLabel = "b";
    private const int PrefixMaximum = 10;
    private const int CarMaximum = 14;
    private const int LabelMaximum = Maximum - PrefixMaximum - CarMaximum - CheckLength - 6;

    private readonly string? _text;

    private Reference(string text) => _text = text;

    /// <summary>True for what may stand before the first hyphen: 1 to 10 letters or digits, a letter first.</summary>
    public static bool IsPrefix(string? text) => text is { Length: >= 1 and <= PrefixMaximum } && char.IsAsciiLetter(text[0]) && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>True for a car's identity that fits into a reference: 1 to 14 letters or digits, hyphens not counted.</summary>
    public static bool IsCar(string? text) =>
        text is not null && Letters(text) is { Length: >= 1 and <= CarMaximum } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>The payment of a trip's <paramref name="attempt"/>, 1 to <see cref="AttemptMaximum"/>.</summary>
    public static Reference OfTrip(string prefix, string car, TripId trip, int attempt) =>
        Make(prefix, car, Label(trip.Trip), Check(string.Join('\0', "trip", trip.Meter, trip.Trip, trip.Start)), attempt);

    /// <summary>The reservation of a booking.</summary>
    public static Reference OfBooking(string prefix, string car, string booking, int attempt) => Make(prefix, car, BookingLabel, Check(string.Join('\0', "booking", booking)), attempt);

    /// <summary>
    /// A technician's test, <c>{prefix}-{car}-test-{unique}</c>: four parts where a trip's or booking's has five, so that it never is the name of one.
    /// </summary>
    /// <param name="prefix">As in a trip's reference.</param>
    /// <param name="car">As in a trip's reference.</param>
    /// <param name="unique">8 to 16 letters or digits that no other test has.</param>
    /// <exception cref="ArgumentException">One of them is not as said.</exception>
    public static Reference OfTest(string prefix, string car, string unique)
    {
        Demand(prefix, car);
        if (unique is not { Length: >= 8 and <= 16 } || !unique.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException("What tells tests apart has 8 to 16 letters or digits.", nameof(unique));
        return new Reference($"{prefix}-{Letters(car)}-test-{unique}");
    }

    /// <summary>Reads a reference back; any name that the payment service accepts.</summary>
    public static bool TryParse(string? text, out Reference reference)
    {
        var known = text is { Length: >= 8 and <= Maximum } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
        reference = known ? new Reference(text!) : default;
        return known;
    }

    /// <summary>Takes a trip's or booking's reference apart.</summary>
    /// <param name="prefix">The prefix that it must have.</param>
    /// <param name="car">The car that it must be of.</param>
    /// <param name="parts">What it says.</param>
    /// <returns>False for a reference of another car or prefix, and for one that is no trip's and no booking's.</returns>
    public bool TryTakeApart(string prefix, string car, out ReferenceParts parts)
    {
        parts = new ReferenceParts(AttemptKind.Request, 0, 1);
        if (ToString().Split('-') is not [var first, var second, { Length: > 0 } label, { Length: CheckLength } check, var last] || first != prefix || second != Letters(car))
            return false;
        if (check.Any(c => !char.IsAsciiHexDigitLower(c)) || !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            || attempt is < 1 or > AttemptMaximum || last[0] == '0')
            return false;
        parts = new ReferenceParts(label == BookingLabel ? AttemptKind.Reservation : AttemptKind.Request, Convert.ToUInt32(check, 16), attempt);
        return true;
    }

    /// <summary>The name as sent.</summary>
    public override string ToString() => _text ?? "";

    private static Reference Make(string prefix, string car, string label, string check, int attempt)
    {
        Demand(prefix, car);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attempt, AttemptMaximum);
        return new Reference($"{prefix}-{Letters(car)}-{label}-{check}-{attempt}");
    }

    private static void Demand(string prefix, string car)
    {
        if (!IsPrefix(prefix))
            throw new ArgumentException("A prefix has 1 to 10 letters or digits, a letter first.", nameof(prefix));
        if (!IsCar(car))
            throw new ArgumentException("A car has 1 to 14 letters or digits, hyphens not counted.", nameof(car));
    }

    // The label is for people who compare a receipt with the meter; the check alone tells identities apart.
    private static string Label(string trip)
    {
        var letters = Letters(trip);
        return letters.Length == 0 ? "t" : letters[..Math.Min(letters.Length, LabelMaximum)];
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    // Parts are joined by a character that none of them can hold, so that two identities never read the same.
    private static string Check(string identity) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..CheckLength];
}
