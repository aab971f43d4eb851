namespace TaximeterAgent.EPayment;

/// <summary>A token and when it is no longer to be used, monotonic. Never printed.</summary>
internal sealed class AccessToken(string value, long usableUntil)
{
    public string Value { get; } = value;

    public long UsableUntil { get; } = usableUntil;

    public override string ToString() => "AccessToken { not shown }";
}
