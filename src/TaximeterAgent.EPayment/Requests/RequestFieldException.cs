namespace TaximeterAgent.EPayment;

/// <summary>A request that the API would refuse. Names the field, never its value: that may be a phone number.</summary>
/// <param name="field">The field's name on the wire, as <c>customer.phoneNumber</c>.</param>
/// <param name="expected">What would have been right.</param>
public sealed class RequestFieldException(string field, string expected) : ArgumentException($"{field}: expected {expected}")
{
    /// <summary>The field's name on the wire.</summary>
    public string Field { get; } = field;

    /// <summary>What would have been right.</summary>
    public string Expected { get; } = expected;
}
