namespace TaximeterAgent.EPayment;

/// <summary>One thing that is wrong with <see cref="EPaymentOptions"/>.</summary>
/// <param name="Name">The option's name, as in configuration.</param>
/// <param name="Found">What was found; of a secret only its length.</param>
/// <param name="Expected">What would have been right.</param>
public sealed record OptionsFault(string Name, string Found, string Expected)
{
    /// <summary>The fault in one line.</summary>
    public override string ToString() => $"{Name}: found {Found}, expected {Expected}";
}
