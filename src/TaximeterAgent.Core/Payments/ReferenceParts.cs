namespace TaximeterAgent.Core.Payments;

/// <summary>What a reference says of the payment that it names.</summary>
/// <param name="Kind">By its label: nearly always right, since a meter may call a trip what a reservation is called. The payment itself says what it is for.</param>
/// <param name="Check">Eight digits of the identity's hash; see <see cref="Identity.Check"/>.</param>
/// <param name="Attempt">1 to <see cref="Reference.AttemptMaximum"/>.</param>
public sealed record ReferenceParts(AttemptKind Kind, uint Check, int Attempt);
