using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace TaximeterAgent.Configuration;

/// <summary>The addresses that a configuration may hold.</summary>
internal static class Urls
{
    private const int Longest = 200;

    /// <summary>A service to call. Keys travel over it, so without TLS only to this machine itself.</summary>
    public static bool TryService(string text, [NotNullWhen(true)] out Uri? url) =>
        TryBare(text, out url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsThisMachine(url)));

    /// <summary>A message broker, with the virtual host as its path. A password travels over it, so without TLS only to this machine itself.</summary>
    public static bool TryBroker(string text, [NotNullWhen(true)] out Uri? url) =>
        TryPlain(text, out url)
        && url.AbsolutePath is ['/', _, ..] path && path.IndexOf('/', 1) < 0
        && (url.Scheme == "amqps" || (url.Scheme == "amqp" && IsThisMachine(url)));

    /// <summary>A collector of telemetry, below whose path the signals have theirs. Headers with a secret travel over it, so without TLS only to this machine itself.</summary>
    public static bool TryCollector(string text, [NotNullWhen(true)] out Uri? url) =>
        TryPlain(text, out url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsThisMachine(url)));

    /// <summary>True if what is sent there does not leave this machine.</summary>
    public static bool IsThisMachine(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));

    /// <summary>An address to listen at. The port is said, so that nobody asks for 80 by leaving it out.</summary>
    public static bool TryListen(string text, [NotNullWhen(true)] out Uri? url) =>
        TryBare(text, out url) && url.Scheme == Uri.UriSchemeHttp && url.Port > 0
        && url.HostNameType is (UriHostNameType.IPv4 or UriHostNameType.IPv6) && text.TrimEnd('/').EndsWith($":{url.Port}", StringComparison.Ordinal);

    /// <summary>The path of an address.</summary>
    public static bool IsPath(string text) =>
        text is ['/', ..] && text.Length <= Longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.' or '_' or '~');

    /// <summary>The text without the name and password that an address may carry, for showing an address that was refused.</summary>
    public static string WithoutUser(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var end = text.LastIndexOf('@');
        return start < 0 || end < start ? text : string.Concat(text.AsSpan(0, start + 3), "…", text.AsSpan(end));
    }

    private static bool TryBare(string text, [NotNullWhen(true)] out Uri? url) => TryPlain(text, out url) && url.PathAndQuery == "/";

    private static bool TryPlain(string text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        // Uri forgives blanks and backslashes; a configuration should not.
        return text.Length <= Longest
            && !text.Any(c => c is <= ' ' or > '~' or '\\')
            && Uri.TryCreate(text, UriKind.Absolute, out url)
            && url is { Host.Length: > 0, UserInfo: "", Fragment: "" }
            && !text.Contains('?') && !text.Contains('#') && !text.Contains('@');
    }
}
