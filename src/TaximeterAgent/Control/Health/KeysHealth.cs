using TaximeterAgent.Configuration;

namespace TaximeterAgent.Control.Health;

/// <summary>The payment service's keys: without them the agent runs, and neither fetches a token nor calls the service.</summary>
internal static class KeysHealth
{
    private static readonly string[] s_keys = [Keys.ClientId.Name, Keys.ClientSecret.Name, Keys.SubscriptionKey.Name];

    /// <param name="missing">The names of secrets that are nowhere; those of others than the payment service do not count.</param>
    /// <returns>Null if no key is missing: then what was called with them tells.</returns>
    public static Grade? Of(IReadOnlyList<string>? missing)
    {
        var keys = s_keys.Intersect(missing ?? []).ToList();
        return keys.Count == 0 ? null : Grade.Red($"the keys are missing: {string.Join(", ", keys)}", $"set the car up: {Grade.Command("setup")}");
    }
}
