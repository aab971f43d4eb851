using System.Globalization;

namespace TaximeterAgent.Core.Fares;

/// <summary>An amount that is never negative, in minor units (øre, øre, cent) of one currency.</summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>The largest amount that this type holds, in minor units: what nine digits on the meter's line can say.</summary>
    public const long Maximum = 999_999_999;

    /// <param name="minorUnits">0 to <see cref="Maximum"/>.</param>
    /// <param name="currency">One of the known currencies.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative or too large, or the currency is unknown.</exception>
    public Money(long minorUnits, Currency currency)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minorUnits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minorUnits, Maximum);
        if (currency is < Currency.NOK or > Currency.EUR)
            throw new ArgumentOutOfRangeException(nameof(currency), currency, "The currency is NOK, DKK or EUR.");
        MinorUnits = minorUnits;
        Currency = currency;
    }

    /// <summary>Minor units, 0 to <see cref="Maximum"/>.</summary>
    public long MinorUnits { get; }

    /// <summary>The currency that the minor units are of.</summary>
    public Currency Currency { get; }

    /// <summary>No money, in <paramref name="currency"/>.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>True for an amount of 0.</summary>
    public bool IsZero => MinorUnits == 0;

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) => new(checked(left.MinorUnits + Same(left, right).MinorUnits), left.Currency);

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The result would be negative.</exception>
    public static Money operator -(Money left, Money right) => new(left.MinorUnits - Same(left, right).MinorUnits, left.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Money other) => MinorUnits.CompareTo(Same(this, other).MinorUnits);

    /// <summary>For logs: <c>345.00 NOK</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{MinorUnits / 100}.{MinorUnits % 100:00} {Currency}");

    private static Money Same(Money left, Money right) =>
        left.Currency == right.Currency
            ? right
            : throw new InvalidOperationException($"Amounts in {left.Currency} and {right.Currency} cannot be combined.");
}
