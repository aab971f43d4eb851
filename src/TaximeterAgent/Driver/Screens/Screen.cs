using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter;

namespace TaximeterAgent.Driver.Screens;

/// <summary>
/// The display: a function of the stored state, of the keys typed so far, of the car's own state and of the time. It knows nothing else about payments, so it
/// cannot say more than what is stored.
/// </summary>
internal static class Screen
{
    /// <summary>The narrowest display that there is, and the fewest lines: what matters fits it.</summary>
    public const int LeastColumns = 16;

    /// <inheritdoc cref="LeastColumns"/>
    public const int LeastRows = 2;

    /// <summary>The lines to show.</summary>
    /// <param name="view">What they are made of.</param>
    /// <param name="columns">Characters a line, <see cref="LeastColumns"/> or more. The first two lines need no more; further ones are left out where they do not fit.</param>
    /// <param name="rows">Lines, <see cref="LeastRows"/> or more.</param>
    /// <param name="language">Whose words.</param>
    /// <returns>As many lines as asked for, none longer than asked for.</returns>
    public static IReadOnlyList<string> Of(ScreenView view, int columns, int rows, Language language)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, LeastColumns);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, LeastRows);
        var words = Words.Of(language);
        var line = new Line(columns);
        var lines = view switch
        {
            { Car.StoreWritable: false } => [words.StoreFull, words.CollectOtherwise],
            { Menu: { } menu } => MenuScreen.Of(view, menu, line, rows, words),
            { Amount: { } amount } => Of(view, amount, words),
            { Trip: { } trip } when trip.PhaseOf(view.Car.Online) != TripPhase.Booked => TripScreen.Of(view, trip, line, words),
            _ => Ready(view, words),
        };
        // What does not fit in whole is left out below the second line: half a word helps nobody.
        var fitting = lines.Select((text, row) => text.Length <= columns ? text : row < LeastRows ? text[..columns] : "").ToList();
        return [.. fitting.Take(rows), .. Enumerable.Repeat("", Math.Max(0, rows - fitting.Count))];
    }

    /// <summary>What stays on the display of an agent that ends by a fault. Two lines, each fits any display.</summary>
    public static IReadOnlyList<string> OutOfOrder(Language language) => [Words.Of(language).OutOfOrder, Words.Of(language).CollectOtherwise];

    /// <summary>True while the screen changes with the time alone.</summary>
    public static bool IsMoving(ScreenView view) => view switch
    {
        { Car.StoreWritable: false } => false,
        { Menu: { } menu } => menu.LockedUntil > view.Now,
        { Amount: not null } or { Entry: not null } => false,
        { Trip: { } trip } => TripScreen.IsMoving(view, trip),
        _ => false,
    };

    private static List<string> Of(ScreenView view, AmountEntry entry, Words words)
    {
        var amount = Amounts.Of(entry.Minor, view.Currency);
        var why = entry.Why switch { AskedFor.Doubt => words.ReceiptUnclear, AskedFor.Copy => words.ReceiptCopy, _ => words.Amount };
        var question = view.Stopped is { } at ? $"{Times.Clock(at, view.Zone)} {why}" : why;
        return entry.Mode switch
        {
            AmountMode.Confirming => [amount, words.AmountRight, "", words.KeysNo],
            AmountMode.Dropping => [question, words.NoFare, "", words.KeysNo],
            _ =>
            [
                question,
                entry.Fault switch { AmountFault.TooLittle => words.TooLittle, AmountFault.TooMuch => words.TooMuch, _ => amount },
                entry.Fault == AmountFault.None ? "" : amount,
                words.Confirm,
            ],
        };
    }

    // Nothing is due. What is wrong with the car is said one after the other where there is no room for all of it.
    private static List<string> Ready(ScreenView view, Words words)
    {
        var car = view.Car;
        List<string> troubles = [];
        if (!car.SetUp)
            troubles.Add(words.NotSetUp);
        if (!car.Ignition)
            troubles.Add(words.IgnitionOff);
        if (!car.LineOpen)
            troubles.Add(words.NoMeterLine);
        else if (car.OtherMeter)
            troubles.Add(words.OtherMeter);
        else if (!car.MeterHeard)
            troubles.Add(words.MeterSilent);
        if (!car.KeypadReady)
            troubles.Add(words.KeypadGone);
        if (!car.Online)
            troubles.Add(words.NoNetwork);
        return [words.Ready, .. troubles.Take(2), .. Enumerable.Repeat("", Math.Max(0, 2 - troubles.Count)), car.KeypadReady ? words.KeysReady : ""];
    }
}
