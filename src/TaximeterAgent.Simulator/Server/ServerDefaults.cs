namespace TaximeterAgent.Simulator.Server;

/// <summary>The credentials that a simulated server accepts when it is given no others. They open nothing but the simulator.</summary>
public static class ServerDefaults
{
    public const string Msn = "123456";

    /// <summary>A second sales unit with keys of its own, for a car whose keys are rotated.</summary>
    public const string OtherMsn = "654321";

    public const string ClientId = "fb492b5e-7907-4d83-ba20-c7fb60ca35de";
    public const string ClientSecret = "simulated-client-secret";
    public const string SubscriptionKey = "da7d5b0e18a84aeda961c0c31b75c2a9";

    public static ApiKeys Keys { get; } = new(ClientId, ClientSecret, SubscriptionKey);

    public static ApiKeys OtherKeys { get; } = new("0d3f1a52-6c0e-4b57-9f60-5a8a3a0f1c77", "other-simulated-client-secret", "5c1e9a7d40b84c8f9be2d2a6c4a1f003");

    public static SalesUnit SalesUnit { get; } = new() { Msn = Msn, Keys = Keys };

    public static SalesUnit OtherSalesUnit { get; } = new() { Msn = OtherMsn, Keys = OtherKeys };
}
