using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Fares;

/// <summary>A trip ordered in the taxi company's app: the customer's number is known before the trip.</summary>
public sealed record Booking
{
    /// <summary>The longest a booking's name may be, in characters.</summary>
    public const int IdMaximum = 64;

    /// <param name="id">The booking's own name, 1 to <see cref="IdMaximum"/> characters.</param>
    /// <param name="phone">The customer's number.</param>
    /// <param name="currency">The currency that the fare will be in.</param>
    /// <param name="maximum">What to reserve ahead; null where nothing is reserved.</param>
    /// <exception cref="ArgumentException">The name is empty or too long, or the maximum is in another currency.</exception>
    public Booking(string id, PhoneNumber phone, Currency currency, Money? maximum)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Length > IdMaximum || id.Any(char.IsControl))
            throw new ArgumentException($"A booking's name has 1 to {IdMaximum} characters and no control characters.", nameof(id));
        if (maximum is { } max && max.Currency != currency)
            throw new ArgumentException("The maximum is in the booking's currency.", nameof(maximum));
        Id = id;
        Phone = phone;
        Currency = currency;
        Maximum = maximum;
    }

    public string Id { get; }

    /// <summary>Not given any more once it was wiped.</summary>
    public PhoneNumber Phone { get; }

    /// <summary>The number, unless it was wiped.</summary>
    public PhoneNumber? KnownPhone => Phone.IsGiven ? Phone : null;

    public Currency Currency { get; }

    /// <summary>What to reserve ahead of the trip.</summary>
    public Money? Maximum { get; }

    /// <summary>Where the customer is picked up; for people.</summary>
    public string? Pickup { get; init; }

    /// <summary>Same name, number, currency and maximum: a repeat. Anything else under the same name: a conflict.</summary>
    public bool SameContent(Booking other) =>
        Id == other.Id && Phone == other.Phone && Currency == other.Currency && Maximum == other.Maximum;
}
