using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Fuzz;

/// <summary>Deliveries as the service signs them, and whether bytes are such a delivery; none of the agent's own code.</summary>
internal static partial class SignedRequests
{
    public const string Secret = "A0+AeKBRG2KRGvnNwJpQlb6I";
    public const string OtherSecret = "the-secret-of-somebody-else";
    public const string Path = "/webhooks/car-7";
    public const string Host = "taxi.example";

    private const string Scheme = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    public static byte[] Make(string secret, DateTimeOffset date, string body, string path = Path)
    {
        var (when, hash) = (date.ToString("R", CultureInfo.InvariantCulture), Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        return Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {Host}\r\nx-ms-date: {when}\r\nx-ms-content-sha256: {hash}\r\nAuthorization: {Scheme}{Mac(secret, path, when, Host, hash)}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    /// <summary>How many of the requests in these bytes are deliveries that may be accepted; generous where HTTP is (blanks around values, case of names).</summary>
    public static int Genuine(byte[] bytes, DateTimeOffset now)
    {
        var count = 0;
        // A request can begin behind another: each place where one could begin is tried.
        foreach (var start in Starts(bytes))
            count += IsGenuine(bytes.AsSpan(start), now) ? 1 : 0;
        return count;
    }

    private static List<int> Starts(byte[] bytes)
    {
        var starts = new List<int>();
        for (var at = bytes.AsSpan().IndexOf("POST "u8); at >= 0 && at < bytes.Length;)
        {
            starts.Add(at);
            var next = bytes.AsSpan(at + 1).IndexOf("POST "u8);
            at = next < 0 ? bytes.Length : at + 1 + next;
        }

        return starts;
    }

    private static bool IsGenuine(ReadOnlySpan<byte> request, DateTimeOffset now)
    {
        // A line may end in LF alone: so says RFC 9112, and so does Kestrel.
        if (EmptyLine().Match(Encoding.Latin1.GetString(request)) is not { Success: true } empty)
            return false;
        var lines = Encoding.Latin1.GetString(request[..empty.Index]).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var start = lines[0].Split(' ');
        if (start.Length < 3 || start[1].Split('?')[0] != Path)
            return false;
        string? One(string name)
        {
            var values = lines.Skip(1).Where(line => line.Split(':', 2) is [var key, _] && key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Split(':', 2)[1].Trim(' ', '\t')).ToList();
            return values.Count == 1 ? values[0] : null;
        }

        if (One("host") is not { } host || One("x-ms-date") is not { } date || One("x-ms-content-sha256") is not { } hash || One("authorization") is not { } authorization)
            return false;
        var body = request[(empty.Index + empty.Length)..];
        // Whichever way the body's end was told: the hash is of one of them or of none.
        var length = int.TryParse(One("content-length") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? Math.Min(said, body.Length) : 0;
        string[] hashes = [Hash(body[..length]), Hash(Unchunked(body))];
        return authorization == Scheme + Mac(Secret, start[1], date, host, hash)
            && hashes.Contains(hash)
            && DateTimeOffset.TryParseExact(date, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var when)
            && (now - when).Duration() <= s_window + TimeSpan.FromSeconds(60);
    }

    private static ReadOnlySpan<byte> Unchunked(ReadOnlySpan<byte> body)
    {
        var whole = new List<byte>();
        while (body.IndexOf("\r\n"u8) is var line and > 0
            && int.TryParse(Encoding.Latin1.GetString(body[..line]).Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length)
            && length > 0 && length <= body.Length - line - 2)
        {
            whole.AddRange(body.Slice(line + 2, length));
            body = body[Math.Min(body.Length, line + 2 + length + 2)..];
        }

        return whole.ToArray();
    }

    [GeneratedRegex(@"\r?\n\r?\n", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyLine();

    private static string Hash(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA256.HashData(body));

    private static string Mac(string secret, string path, string date, string host, string hash) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.Latin1.GetBytes(secret), Encoding.Latin1.GetBytes($"POST\n{path}\n{date};{host};{hash}")));
}
