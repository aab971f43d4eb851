namespace TaximeterAgent.Core.Fares;

/// <summary>The currencies that a sales unit can settle in. Each has two decimals: one unit is 100 minor units.</summary>
public enum Currency
{
    /// <summary>Norwegian krone.</summary>
    NOK,

    /// <summary>Danish krone.</summary>
    DKK,

    /// <summary>Euro.</summary>
    EUR,
}

/// <summary>What the payment service accepts in each currency.</summary>
public static class Currencies
{
    /// <summary>The largest amount of one payment, in minor units of any currency.</summary>
    public const long MaximumPayment = 65_000_000;

    /// <summary>The smallest amount of one payment, in minor units: NOK 1.00, DKK 0.01, EUR 0.01.</summary>
    public static long MinimumPayment(this Currency currency) => currency == Currency.NOK ? 100 : 1;

    /// <summary>Reads a code such as <c>NOK</c>; upper case only, as on the wire.</summary>
    public static bool TryParse(string? code, out Currency currency)
    {
        (var known, currency) = code switch
        {
            "NOK" => (true, Currency.NOK),
            "DKK" => (true, Currency.DKK),
            "EUR" => (true, Currency.EUR),
            _ => (false, default),
        };
        return known;
    }
}
