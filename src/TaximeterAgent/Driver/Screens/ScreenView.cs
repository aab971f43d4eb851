using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Driver.Screens;

/// <summary>All that a screen is made of: what is stored, what has been keyed, how the car stands, and the time for what counts down.</summary>
internal sealed record ScreenView
{
    /// <summary>The trip that is shown; null for none.</summary>
    public TripState? Trip { get; init; }

    /// <summary>What is being keyed for it.</summary>
    public Entry? Entry { get; init; }

    /// <summary>An amount that is asked for instead, because the meter says none.</summary>
    public AmountEntry? Amount { get; init; }

    /// <summary>When the trip whose amount is asked for was stopped.</summary>
    public DateTimeOffset? Stopped { get; init; }

    /// <summary>The menu, where it is open; it hides the trip, but not what is due for it.</summary>
    public Menu? Menu { get; init; }

    public required CarStatus Car { get; init; }

    /// <summary>Whose national numbers need no country code.</summary>
    public Country Country { get; init; }

    /// <summary>What an amount is in that no fare has come with.</summary>
    public Currency Currency { get; init; }

    /// <summary>The payment app's name.</summary>
    public string Brand { get; init; } = "Vipps";

    /// <summary>For what counts down, by the car's clock.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Where the times of day that are shown are the time.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}
