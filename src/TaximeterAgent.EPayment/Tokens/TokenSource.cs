using System.Globalization;
using System.Text.Json;
using TaximeterAgent.EPayment.Json;

namespace TaximeterAgent.EPayment;

/// <summary>
/// Access tokens, one for each sales unit, kept for their whole life less a little. Who asks while one is being fetched waits for the same one.
/// </summary>
internal sealed class TokenSource(Exchange exchange, EPaymentOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SalesUnit, AccessToken> _tokens = [];
    private readonly Dictionary<SalesUnit, Task<Fetched>> _fetching = [];

    /// <summary>A token that is good by our clock, or why there is none.</summary>
    public async Task<Fetched> GetAsync(SalesUnit unit, CancellationToken timeout, CancellationToken caller)
    {
        TaskCompletionSource<Fetched> mine;
        Task<Fetched>? others;
        lock (_lock)
        {
            if (_tokens.TryGetValue(unit, out var token) && time.GetTimestamp() < token.UsableUntil)
                return new Fetched(token, null);
            if (!_fetching.TryGetValue(unit, out others))
                _fetching[unit] = (mine = new TaskCompletionSource<Fetched>()).Task;
            else
                mine = null!;
        }

        if (others is not null)
            return await others.WaitAsync(timeout);
        var fetched = new Fetched(null, new RawAnswer.NotSent(NotSentKind.TokenUnavailable, "no token"));
        try
        {
            fetched = await FetchAsync(unit, timeout, caller);
            return fetched;
        }
        finally
        {
            lock (_lock)
            {
                _fetching.Remove(unit);
                if (fetched.Token is not null)
                    _tokens[unit] = fetched.Token;
            }

            mine.SetResult(fetched);
        }
    }

    /// <summary>The service refused this token: the next call fetches a new one, unless that has happened already.</summary>
    public void Refused(SalesUnit unit, AccessToken token)
    {
        lock (_lock)
        {
            if (_tokens.TryGetValue(unit, out var current) && ReferenceEquals(current, token))
                _tokens.Remove(unit);
        }
    }

    private async Task<Fetched> FetchAsync(SalesUnit unit, CancellationToken timeout, CancellationToken caller)
    {
        var answer = await exchange.SendAsync(
            unit, HttpMethod.Post, "accesstoken/get", null, [("client_id", options.ClientId), ("client_secret", options.ClientSecret)], timeout, caller);
        return answer switch
        {
            RawAnswer.Whole { Status: 200 } whole => Read(whole.Body.Span) is { } token
                ? new Fetched(token, null)
                : new Fetched(null, new RawAnswer.NotSent(NotSentKind.TokenUnavailable, "the token could not be read")),
            RawAnswer.Whole { Status: 400 or 401 or 403 } refused => None(NotSentKind.TokenRefused, refused),
            RawAnswer.Whole other => None(NotSentKind.TokenUnavailable, other),
            RawAnswer.NotSent notSent => new Fetched(null, notSent),
            // A token request moves nothing: whatever became of it, the call that needed the token was not sent.
            RawAnswer.Unknown unknown => new Fetched(null, new RawAnswer.NotSent(unknown.Kind == UnknownKind.Timeout ? NotSentKind.Connect : NotSentKind.TokenUnavailable, $"token: {unknown.Detail}")),
            _ => new Fetched(null, new RawAnswer.NotSent(NotSentKind.TokenUnavailable, "token: the answer broke off")),
        };
    }

    private static Fetched None(NotSentKind kind, RawAnswer.Whole answer) =>
        new(null, new RawAnswer.NotSent(kind, $"token: HTTP {answer.Status}", ProblemReader.Read(answer.Status, answer.Body, answer.RetryAfter)));

    private AccessToken? Read(ReadOnlySpan<byte> body)
    {
        if (!BodyReader.TryRead(body, ApiJson.Default.TokenAnswer, out var answer) || !HeaderText.IsToken(answer.AccessToken, 8192) || Seconds(answer.ExpiresIn) is not { } seconds)
            return null;
        // A tenth of its life, at most five minutes, before it ends: what is sent with it must arrive while it is good.
        var life = TimeSpan.FromSeconds(Math.Clamp(seconds, 1, 7 * 24 * 3600));
        var margin = TimeSpan.FromTicks(Math.Min(life.Ticks / 10, TimeSpan.FromMinutes(5).Ticks));
        return new AccessToken(answer.AccessToken, time.GetTimestamp() + (long)((life - margin).TotalSeconds * time.TimestampFrequency));
    }

    private static long? Seconds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => seconds,
        JsonValueKind.Number when value.TryGetInt64(out var seconds) => seconds,
        _ => null,
    };

    /// <summary>A token, or what to answer instead.</summary>
    internal sealed record Fetched(AccessToken? Token, RawAnswer.NotSent? Instead);
}
