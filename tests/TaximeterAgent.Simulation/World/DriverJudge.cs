using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulation;

/// <summary>
/// Holds the agent to what the driver may rely on, by what a driver can see and press, and by what leaves the car: nobody is asked whose number was not confirmed on
/// that trip's display, every screen has a way back, and an amount that is shown is the fare's, or what is left, paid or given back of it.
/// </summary>
internal sealed partial class DriverJudge(Judge judge, Tally tally)
{
    /// <summary>An answer to Clear is due within so many presses, whatever is shown: more than there are levels in any menu.</summary>
    public const int ClearsMaximum = 6;

    /// <summary>Back takes a digit away each time: the longest number, and the levels of a menu.</summary>
    public const int BacksMaximum = 24;

    private static readonly Words s_words = Words.Of(Language.English);

    private readonly HashSet<(TripKey Trip, string Number)> _confirmed = [];
    private readonly Dictionary<string, HashSet<string>> _booked = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>How many different screens were seen; those that differ in numbers only are one.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    [GeneratedRegex(@"(?<![\d,])\d+,\d\d(?!\d)")]
    private static partial Regex AmountShown { get; }

    [GeneratedRegex(@"(?<![\d,])\+?\d[\d ]{5,}\d(?![\d,])")]
    private static partial Regex NumberShown { get; }

    /// <summary>The taxi app has given a booking's number.</summary>
    public void Booked(string booking, string number)
    {
        if (!_booked.TryGetValue(booking, out var numbers))
            _booked.Add(booking, numbers = []);
        numbers.Add(International(number));
    }

    /// <summary>The display shows this; empty when it is dark.</summary>
    public void Shown(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        _seen.Add(WithoutNumbers(string.Join(" / ", lines)));
        foreach (var (text, amount) in Amounts(lines))
        {
            // Mostly it is a whole fare, and what has moved need not be summed for every trip of the day.
            if (!IsWholeFare(amount) && !judge.Trips.Any(trip => trip.Said && IsOf(trip, amount)))
                judge.Break(Broken.Untrue, $"the display says {text}, and no fare, rest, payment or refund comes to that: '{string.Join(" / ", lines)}'");
        }
    }

    /// <summary>A key is pressed while this is shown.</summary>
    public void Pressed(Key key, IReadOnlyList<string> lines)
    {
        if (key is not (Key.Enter or Key.Digit1))
            return;
        var amounts = Amounts(lines).Select(shown => shown.MinorUnits).ToList();
        var trips = judge.Trips.Where(trip => amounts.Exists(amount => IsOf(trip, amount))).ToList();
        if (key == Key.Digit1)
        {
            // A driver can order that much of a trip back, and no more.
            foreach (var trip in trips.Where(_ => Translation.ToEnglish(lines).Contains(s_words.RefundYesNo)))
                trip.RefundOrdered = trip.Fare.Total;
            return;
        }

        foreach (var number in lines.SelectMany(line => NumberShown.Matches(line)).Select(match => International(match.Value)))
        {
            foreach (var trip in trips)
                _confirmed.Add((trip.Key, number));
        }
    }

    /// <summary>A request leaves the car.</summary>
    public void CreateSent(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (!json.RootElement.TryGetProperty("customer", out var customer) || !customer.TryGetProperty("phoneNumber", out var phone) || phone.GetString() is not { } number)
            return;
        var metadata = json.RootElement.GetProperty("metadata");
        if (metadata.TryGetProperty("booking", out var booking))
        {
            if (!_booked.GetValueOrDefault(booking.GetString()!, []).Contains(number))
                judge.Break(Broken.Untrue, $"booking {booking.GetString()} asks {number}, which is not its number");
            return;
        }

        var subject = "trip " + metadata.GetProperty("trip").GetString();
        if (judge.Trips.FirstOrDefault(trip => trip.Subject == subject) is not { } trip)
        {
            judge.Break(Broken.Untrue, $"{subject} asks {number}, and there is no such trip");
            return;
        }

        judge.Sent(trip, subject);
        var known = (trip.Fare.Phone is { } said && International(said) == number) || (trip.Fare.Booking is { } name && _booked.GetValueOrDefault(name, []).Contains(number));
        if (!known && !_confirmed.Contains((trip.Key, number)))
            judge.Break(Broken.Untrue, $"{subject} asks {number}, which was never confirmed on its display");
        if (!known)
            tally.RequestsToConfirmed++;
        var amount = json.RootElement.GetProperty("amount").GetProperty("value").GetInt64();
        if (!IsOf(trip, amount))
            judge.Break(Broken.Untrue, $"{subject} of {trip.Fare.Total} asks for {amount}");
    }

    /// <summary>The driver wanted to go back from a screen, and has seen these since.</summary>
    public void WentBack(string with, IReadOnlyList<IReadOnlyList<string>> screens, bool arrived)
    {
        tally.WalksBack++;
        if (!arrived)
            judge.Break(Broken.Stuck, $"{screens.Count - 1} times {with} lead nowhere: {string.Join("; ", screens.Select(lines => $"'{string.Join(" / ", lines)}'").Distinct())}");
    }

    private bool IsWholeFare(long amount)
    {
        foreach (var trip in judge.Trips)
        {
            if (trip.Said && trip.Fare.Total == amount)
                return true;
        }

        return false;
    }

    private static string WithoutNumbers(string text) => string.Create(text.Length, text, static (plain, shown) =>
    {
        for (var i = 0; i < plain.Length; i++)
            plain[i] = char.IsDigit(shown[i]) ? '0' : shown[i];
    });

    // What a trip comes to, in whatever of it is said: the whole, what is captured of it, what that leaves, what is asked for, what went back.
    private bool IsOf(TripTruth trip, long amount)
    {
        if (amount == trip.Fare.Total)
            return true;
        var payments = judge.Of(trip).ToList();
        if (payments.Exists(payment => payment.Amount == amount || (amount == trip.Fare.Total - payment.Amount)))
            return true;
        return Sums(payments, payment => payment.CapturedOnce).Any(captured => amount == captured || amount == trip.Fare.Total - captured)
            || Sums(payments, payment => payment.RefundedOnce).Any(refunded => refunded > 0 && amount == refunded);
    }

    // Some payments of a trip and not others: at any time there was one of these sums. Few ever move money.
    private static IEnumerable<long> Sums(IEnumerable<PaymentTruth> payments, Func<PaymentTruth, IReadOnlyCollection<long>> values)
    {
        IEnumerable<long> sums = [0L];
        foreach (var moved in payments.Select(values).Where(moved => moved.Count > 0))
            sums = [.. sums.SelectMany(sum => moved.Append(0L).Select(value => sum + value)).Distinct()];
        return sums;
    }

    private static IEnumerable<(string Text, long MinorUnits)> Amounts(IReadOnlyList<string> lines) =>
        lines.SelectMany(line => AmountShown.Matches(line)).Select(match => (match.Value, long.Parse(match.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)));

    // The car is at home in Norway.
    private static string International(string number)
    {
        var digits = number.Replace(" ", "", StringComparison.Ordinal);
        return digits.StartsWith('+') ? digits[1..] : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : "47" + digits;
    }
}
