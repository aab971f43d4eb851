using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Control.Health;

/// <summary>The access token: without one no call is made.</summary>
internal static class TokenHealth
{
    public static Grade Of(TokenReport? token, DateTimeOffset now)
    {
        if (token is null)
            return Grade.Unknown("the agent does not say");
        var failure = token.LastFailure;
        // A fetch that failed before the token at hand was fetched is past; one that failed after it is a renewal.
        if (token is { Valid: true, ValidUntil: { } until })
        {
            return failure is { } late && IsRefused(late) && late.At > now - s_renewal
                ? Grade.Yellow($"valid, but its renewal was refused ({late.Code})", Keyed)
                : Grade.Green($"valid for {Roughly.Long(until - now)}");
        }

        if (failure is null)
            return Grade.Green("none yet; fetched with the first call");
        return IsRefused(failure)
            ? Grade.Red($"refused: the keys are not accepted ({failure.Code})", Keyed)
            : Grade.Yellow($"none: {failure.Text}", $"fetched again with the next call; see: {Grade.Command("network test")}");
    }

    /// <summary>A token is renewed at most this long before its end.</summary>
    private static readonly TimeSpan s_renewal = TimeSpan.FromMinutes(6);

    private static string Keyed { get; } = $"check the three keys and {Keys.BaseUrl.Name}: {Grade.Command("config show")}";

    private static bool IsRefused(TokenFailureReport failure) => failure.Kind == Kebab.Of(NotSentKind.TokenRefused);
}
