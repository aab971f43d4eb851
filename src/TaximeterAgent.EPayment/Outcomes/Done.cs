namespace TaximeterAgent.EPayment;

/// <summary>The value of a call that answers nothing but that it was done.</summary>
public readonly record struct Done;
