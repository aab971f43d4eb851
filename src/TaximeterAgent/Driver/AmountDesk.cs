using TaximeterAgent.Core.Fares;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Meter;

namespace TaximeterAgent.Driver;

/// <summary>
/// Asks the driver for the amounts of a meter that says none, or none for certain: which is asked for, what has been keyed, and what a key means there. An amount is confirmed by another
/// key than the one that ends it, so that no key pressed twice takes one that nobody has looked at.
/// </summary>
internal sealed class AmountDesk(IAmountsToAsk meter, Currency currency)
{
    private AmountEntry? _entry;
    private long _seen;

    /// <summary>What is asked for on the display; null for nothing.</summary>
    public AmountEntry? Shown => _entry;

    /// <summary>True while keys are being pressed for it: nothing else takes its place.</summary>
    public bool Busy => _entry is { Touched: true, Minor: > 0 } or { Mode: not AmountMode.Keying };

    /// <summary>Trips that can be turned to, oldest first.</summary>
    public IEnumerable<long> Waiting => meter.Waiting.Select(trip => trip.Number);

    /// <summary>When the trip that is asked for was stopped.</summary>
    public DateTimeOffset? Stopped => _entry is { } entry ? meter.Asked(entry.Trip)?.At : null;

    /// <summary>Brings a trip that has just been stopped to the display, and any that waits when nothing else is shown.</summary>
    /// <param name="blocked">A question is shown that goes before.</param>
    /// <param name="idle">Nothing is shown.</param>
    public void Choose(bool blocked, bool idle)
    {
        // Paid at the meter, or let go.
        if (_entry is { } entry && meter.Asked(entry.Trip) is null)
            _entry = null;
        if (blocked)
        {
            if (!Busy)
                _entry = null;
            return;
        }

        if (meter.Last is { } newest && newest.Number > _seen && !Busy)
        {
            _seen = newest.Number;
            Turn(newest.Number);
        }
        else if (_entry is null && idle && meter.Waiting.LastOrDefault() is { } last)
        {
            Turn(last.Number);
        }
    }

    public void Turn(long number) =>
        _entry = meter.Asked(number) is { } asked ? new AmountEntry(number) { Minor = asked.Read ?? 0, Why = asked.Why } : new AmountEntry(number);

    /// <summary>Something else is shown.</summary>
    public void Leave() => _entry = null;

    /// <summary>A key for what is asked for.</summary>
    public void Press(Key key)
    {
        if (_entry is not { } entry)
            return;
        switch (entry.Mode)
        {
            case AmountMode.Keying:
                OnKeying(entry, key);
                break;
            case AmountMode.Confirming when key == Key.Digit1:
                _entry = null;
                meter.Keyed(entry.Trip, new Money(entry.Minor, currency));
                break;
            case AmountMode.Dropping when key == Key.Digit1:
                _entry = null;
                meter.Dismissed(entry.Trip);
                break;
            case AmountMode.Confirming when key is Key.Back or Key.Clear:
            case AmountMode.Dropping when key is Key.Back or Key.Clear || key.Digit() is not null:
                _entry = entry with { Mode = AmountMode.Keying };
                break;
        }
    }

    private void OnKeying(AmountEntry entry, Key key)
    {
        // What was read is there to be looked at: the first digit begins another amount.
        var clean = entry with { Fault = AmountFault.None, Touched = true };
        var before = entry.Touched ? clean.Minor : 0;
        _entry = (key, key.Digit()) switch
        {
            (_, { } digit) => before <= (AmountEntry.Maximum - digit) / 10 ? clean with { Minor = (before * 10) + digit } : clean,
            (Key.Back, _) => clean with { Minor = clean.Minor / 10 },
            (Key.Clear, _) when clean.Minor > 0 => clean with { Minor = 0 },
            (Key.Clear, _) => clean with { Mode = AmountMode.Dropping },
            (Key.Enter, _) => Confirm(clean),
            _ => entry,
        };
    }

    // What no payment can be made of is a slip of the finger, and once taken it could not be keyed anew.
    private AmountEntry Confirm(AmountEntry entry) => entry.Minor switch
    {
        var minor when minor < currency.MinimumPayment() => entry with { Fault = AmountFault.TooLittle },
        > Currencies.MaximumPayment => entry with { Fault = AmountFault.TooMuch },
        _ => entry with { Mode = AmountMode.Confirming },
    };
}
