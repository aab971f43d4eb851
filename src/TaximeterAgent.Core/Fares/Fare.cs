using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Fares;

/// <summary>What the meter says is due for a trip that is over. <see cref="Total"/> is the sum of its parts.</summary>
public sealed record Fare
{
    /// <exception cref="ArgumentException">The total is not fare + supplements + tip, or a rate is out of range.</exception>
    public Fare(TripId trip, Money total, Money fareAmount, Money supplements, Money tip, int vat, int supplementsVat)
    {
        ArgumentNullException.ThrowIfNull(trip);
        if (total != fareAmount + supplements + tip)
            throw new ArgumentException($"The total {total} is not the fare {fareAmount} and supplements {supplements} and tip {tip}.", nameof(total));
        if (vat is < 0 or > 10_000 || supplementsVat is < 0 or > 10_000)
            throw new ArgumentException("A rate of VAT is 0 to 10000 hundredths of a percent.", nameof(vat));
        Trip = trip;
        Total = total;
        FareAmount = fareAmount;
        Supplements = supplements;
        Tip = tip;
        Vat = vat;
        SupplementsVat = supplementsVat;
    }

    /// <summary>The trip's identity.</summary>
    public TripId Trip { get; }

    /// <summary>What is due, VAT included.</summary>
    public Money Total { get; }

    /// <summary>The part that the meter ran up, VAT included.</summary>
    public Money FareAmount { get; }

    /// <summary>Supplements, VAT included.</summary>
    public Money Supplements { get; }

    /// <summary>The tip, free of VAT.</summary>
    public Money Tip { get; }

    /// <summary>Rate of VAT in hundredths of a percent, 0 to 10000 (1200 = 12 %).</summary>
    public int Vat { get; }

    /// <summary>Rate of VAT of the supplements, hundredths of a percent; the fare's own unless the meter says otherwise.</summary>
    public int SupplementsVat { get; }

    /// <summary>When the trip was over, RFC 3339, as the meter wrote it.</summary>
    public required string Finish { get; init; }

    /// <summary>Metres driven.</summary>
    public long Distance { get; init; }

    /// <summary>The tariff's name or number on the meter.</summary>
    public string Tariff { get; init; } = "";

    /// <summary>The driver's identity, where the meter knows it.</summary>
    public string? Driver { get; init; }

    /// <summary>The customer's number, where the meter knows it.</summary>
    public PhoneNumber? Phone { get; init; }

    /// <summary>The booking whose number and reservation this fare uses.</summary>
    public string? Booking { get; init; }

    /// <summary>Same identity and the same money: a repeat. Same identity and other money: a conflict.</summary>
    public bool SameContent(Fare other) =>
        Trip == other.Trip && Total == other.Total && FareAmount == other.FareAmount && Supplements == other.Supplements
        && Tip == other.Tip && Vat == other.Vat;
}
