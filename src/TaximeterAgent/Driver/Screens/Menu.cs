using System.Collections.Immutable;
using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Driver.Screens;

/// <summary>The driver's menu as far as the driver has come in it.</summary>
/// <param name="Page">Which page is open.</param>
internal sealed record Menu(MenuPage Page)
{
    /// <summary>Digits that a PIN has at most.</summary>
    public const int PinMaximum = 8;

    /// <summary>What the car offers, in the order of their digits, 1 first.</summary>
    public ImmutableArray<MenuPage> Offered { get; init; } = [MenuPage.Unpaid, MenuPage.Paid, MenuPage.Language, MenuPage.State];

    /// <summary>The trips that <see cref="MenuPage.Unpaid"/>, <see cref="MenuPage.Paid"/>, <see cref="MenuPage.Detail"/> or <see cref="MenuPage.RefundSure"/> is about.</summary>
    public ImmutableArray<MenuTrip> Trips { get; init; } = [];

    /// <summary>How many trips are unpaid, for the first page.</summary>
    public int Unpaid { get; init; }

    /// <summary>The line of the page that is shown first.</summary>
    public int Top { get; init; }

    /// <summary>Digits of the PIN that have been keyed. Which ones is no screen's business.</summary>
    public int Typed { get; init; }

    /// <summary>The PIN that was confirmed last was wrong.</summary>
    public bool Wrong { get; init; }

    /// <summary>No PIN is taken until then, by the car's clock.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>On <see cref="MenuPage.Detail"/>: a digit prints the receipt.</summary>
    public bool Prints { get; init; }

    /// <summary>It was given to the printer.</summary>
    public bool Printed { get; init; }

    /// <summary>True while something is being keyed in it that must not go anywhere else.</summary>
    public bool Busy => Page is MenuPage.RefundSure || (Page == MenuPage.RefundPin && Typed > 0);
}

/// <summary>The menu's pages.</summary>
internal enum MenuPage
{
    /// <summary>What there is.</summary>
    Main,

    /// <summary>Trips that are not paid yet; a digit turns to one.</summary>
    Unpaid,

    /// <summary>The last trips that were paid; a digit shows one.</summary>
    Paid,

    /// <summary>One paid trip.</summary>
    Detail,

    /// <summary>The PIN, before the last trip can be refunded.</summary>
    RefundPin,

    /// <summary>The amount of the last trip: refund it?</summary>
    RefundSure,
    Language,

    /// <summary>The display's light.</summary>
    Light,

    /// <summary>Network, meter and outbox in words.</summary>
    State,
}

/// <summary>A trip as a list shows it.</summary>
/// <param name="Key">The store's own name of the trip.</param>
/// <param name="Amount">What is due, or was paid.</param>
/// <param name="Number">The meter's number of the trip.</param>
/// <param name="At">When it was over, as far as the meter has said so.</param>
/// <param name="Phone">Whom it asked, masked; empty for nobody.</param>
internal sealed record MenuTrip(long Key, Money Amount, string Number, DateTimeOffset? At, string Phone);
