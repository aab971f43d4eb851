namespace TaximeterAgent.Core.Payments;

/// <summary>
/// Where a payment lives: the payment service's address and the merchant serial number. It is kept with each payment, because keys and sales units are
/// exchanged while payments are open, and a reference unknown to one unit says nothing of another.
/// </summary>
public sealed record SalesUnit(string BaseUrl, string MerchantSerialNumber);
