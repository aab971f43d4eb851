using System.Globalization;
using System.Text;

namespace TaximeterAgent.Simulator.Server;

/// <summary>Issues access tokens and knows which are good.</summary>
internal sealed class TokenDesk(ServerOptions options, Identifiers ids, ViolationLog violations)
{
    /// <summary>A client that asks for more has lost its mind, and is turned away.</summary>
    private const int MostTokens = 10_000;

    private readonly Dictionary<string, Token> _tokens = new(StringComparer.Ordinal);
    /// <summary>Requests that may have been under way, with a token that was good when they were sent.</summary>
    private const int MostUnderWay = 10;

    /// <summary>How often each has been used since.</summary>
    private readonly Dictionary<string, int> _revoked = new(StringComparer.Ordinal);

    private sealed record Token(ApiKeys Keys, DateTimeOffset ExpiresAt, bool Lost = false);

    public ServerAnswer Issue(Call call)
    {
        var keys = call.Unit.Keys;
        var until = call.Now + options.TokenLife;
        ForgetExpired(call.Now);
        if (!call.Late && _tokens.Values.Count(token => token.Keys == keys && !token.Lost) >= options.MostLiveTokens)
            violations.Add(call, Rules.TooManyTokens, $"{options.MostLiveTokens} access tokens were still good: a token is cached for its whole life.");
        if (_tokens.Count >= MostTokens)
            return Answers.Gateway(429, "Rate limit is exceeded.", options.RateWindow);
        var text = $"{ids.Hex(12)}.{Claims()}.{ids.Hex(32)}";
        // Nobody waits any longer for the answer to a request that comes late.
        _tokens[text] = new Token(keys, until, Lost: call.Late);
        call.Token = text;
        return Answers.Json(200, json =>
        {
            json.WriteStartObject();
            json.WriteString("token_type", "Bearer");
            json.WriteString("expires_in", Seconds(options.TokenLife.TotalSeconds));
            json.WriteString("ext_expires_in", "0");
            json.WriteString("expires_on", Seconds((until - DateTimeOffset.UnixEpoch).TotalSeconds));
            json.WriteString("not_before", Seconds((call.Now - DateTimeOffset.UnixEpoch).TotalSeconds));
            json.WriteString("resource", "00000002-0000-0000-c000-000000000000");
            json.WriteString("access_token", text);
            json.WriteEndObject();
        }, "application/json;charset=UTF-8");
    }

    // Beside them are a header of 24 and a signature of 64 characters, and two dots.
    private string Claims()
    {
        var claims = new StringBuilder(ids.Hex(48));
        while (claims.Length + 90 < options.TokenLength)
            claims.Append(ids.Hex(Math.Min(48, (options.TokenLength - 89 - claims.Length) / 2)));
        return claims.ToString();
    }

    /// <summary>What is wrong with the Authorization header for this sales unit; null if nothing is.</summary>
    public string? Fault(string authorization, SalesUnit unit, DateTimeOffset now)
    {
        const string scheme = "Bearer ";
        if (!authorization.StartsWith(scheme, StringComparison.Ordinal))
            return "The Authorization header is not of the scheme Bearer.";
        if (!_tokens.TryGetValue(authorization[scheme.Length..], out var token))
            return "The access token was never issued, or has expired.";
        if (token.ExpiresAt <= now)
            return "The access token has expired.";
        return token.Keys == unit.Keys ? null : "The access token was issued for other keys.";
    }

    /// <summary>True if a fault took the token away: its use is not the client's doing, until it must have been told.</summary>
    public bool WasRevoked(string authorization) => _revoked.TryGetValue(authorization, out var uses) && (_revoked[authorization] = uses + 1) <= MostUnderWay;

    /// <summary>The client never got this token: that it fetches another is right.</summary>
    public void Lose(string token)
    {
        if (_tokens.TryGetValue(token, out var lost))
            _tokens[token] = lost with { Lost = true };
    }

    /// <summary>Whoever held these is gone. They stay good.</summary>
    public void LoseAll()
    {
        foreach (var token in _tokens.Keys.ToList())
            Lose(token);
    }

    public void RevokeAll()
    {
        foreach (var token in _tokens.Keys)
            _revoked["Bearer " + token] = 0;
        _tokens.Clear();
    }

    /// <summary>The client was not told that the token is no good: its next use is excused too.</summary>
    public void NotTold(string authorization) => _revoked[authorization] = Math.Max(0, _revoked.GetValueOrDefault(authorization) - 1);

    private void ForgetExpired(DateTimeOffset now)
    {
        foreach (var (text, token) in _tokens.ToArray())
            if (token.ExpiresAt <= now)
                _tokens.Remove(text);
    }

    private static string Seconds(double seconds) => ((long)seconds).ToString(CultureInfo.InvariantCulture);
}
