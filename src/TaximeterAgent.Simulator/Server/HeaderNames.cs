namespace TaximeterAgent.Simulator.Server;

internal static class HeaderNames
{
    public const string Authorization = "Authorization";
    public const string SubscriptionKey = "Ocp-Apim-Subscription-Key";
    public const string Msn = "Merchant-Serial-Number";
    public const string IdempotencyKey = "Idempotency-Key";
    public const string ContentType = "Content-Type";
    public const string ClientId = "client_id";
    public const string ClientSecret = "client_secret";

    public static IReadOnlyList<string> System { get; } =
        ["Vipps-System-Name", "Vipps-System-Version", "Vipps-System-Plugin-Name", "Vipps-System-Plugin-Version"];

    /// <summary>The credentials that a call for a token must give.</summary>
    public static string[] OfTokenCall { get; } = [SubscriptionKey, ClientId, ClientSecret];

    /// <summary>The credentials that every other call must give.</summary>
    public static string[] OfOtherCall { get; } = [SubscriptionKey, Authorization];

    /// <summary>Those that a request must not give twice.</summary>
    public static IReadOnlyList<string> Single { get; } = [Authorization, SubscriptionKey, Msn, IdempotencyKey, ContentType, ClientId, ClientSecret, .. System];
}
