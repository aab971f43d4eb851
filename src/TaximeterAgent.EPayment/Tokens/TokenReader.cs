using System.Text.Json;

namespace TaximeterAgent.EPayment;

/// <summary>Understands the token endpoint.</summary>
internal static class TokenReader
{
    private static readonly TimeSpan MostLife = TimeSpan.FromHours(48);

    internal static TokenResult Read(RawResult result, long askedAt) => result switch
    {
        // The token is asked for before the call: whatever became of it, the call itself was not sent.
        RawResult.NotSent notSent => new TokenResult(null, notSent with { Detail = SafeText.Bounded($"token: {notSent.Detail}", 200) }),
        RawResult.Unknown unknown => Unavailable(unknown.Detail),
        RawResult.Answer { Status: >= 200 and < 300 } answer => ReadToken(answer.Body, askedAt),
        RawResult.Answer answer => Refuse(answer),
        _ => Unavailable("no result"),
    };

    private static TokenResult Refuse(RawResult.Answer answer)
    {
        var kind = answer.Status is 400 or 401 or 403 ? NotSentKind.TokenRefused : NotSentKind.TokenUnavailable;
        var problem = answer.Status >= 400 ? ProblemReader.Read(answer) : null;
        return new TokenResult(null, new RawResult.NotSent(kind, $"token: HTTP {answer.Status}", problem));
    }

    private static TokenResult ReadToken(byte[] body, long askedAt)
    {
        var wire = WireReader.Read(body, WireJson.Reading.TokenWire);
        if (wire is null || !HeaderText.IsToken(wire.AccessToken, 16 * 1024) || wire.ExpiresIn is not > 0) return Unavailable("an unreadable token");
        var life = wire.ExpiresIn.Value > MostLife.TotalSeconds ? MostLife : TimeSpan.FromSeconds(wire.ExpiresIn.Value);
        return new TokenResult(new AccessToken(wire.AccessToken, askedAt, life), null);
    }

    private static TokenResult Unavailable(string why) =>
        new(null, new RawResult.NotSent(NotSentKind.TokenUnavailable, SafeText.Bounded($"token: {why}", 200)));
}
