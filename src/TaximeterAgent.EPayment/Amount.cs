namespace TaximeterAgent.EPayment;

/// <summary>An amount of money as the API writes it.</summary>
/// <param name="Value">Minor units (øre, cent): 10.00 NOK is 1000.</param>
/// <param name="Currency">ISO 4217 code. What is sent is <c>NOK</c>, <c>DKK</c> or <c>EUR</c>; what is read may be any three capital letters.</param>
public readonly record struct Amount(long Value, string Currency)
{
    /// <summary>The value and the currency, for logs: <c>34500 NOK</c>.</summary>
    public override string ToString() => $"{Value} {Currency}";
}
