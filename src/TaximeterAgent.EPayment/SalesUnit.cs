using System.Diagnostics.CodeAnalysis;

namespace TaximeterAgent.EPayment;

/// <summary>
/// The sales unit and host that a call is made to. A payment lives under the sales unit it was created with, so a caller stores this with each payment and passes it
/// with every call; it may differ from what is configured today.
/// </summary>
public sealed record SalesUnit
{
    /// <summary>Names a sales unit on a host.</summary>
    /// <param name="baseUrl">Absolute; <c>https</c>, or <c>http</c> on a loopback address only, because the keys travel in headers. No user, query or fragment.</param>
    /// <param name="merchantSerialNumber">Four to ten digits.</param>
    /// <exception cref="ArgumentException">One of them is not as said above; the parameter is named.</exception>
    public SalesUnit(Uri baseUrl, string merchantSerialNumber)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        ArgumentNullException.ThrowIfNull(merchantSerialNumber);
        if (!IsBaseUrl(baseUrl)) throw new ArgumentException(BaseUrlExpected, nameof(baseUrl));
        if (!IsMerchantSerialNumber(merchantSerialNumber)) throw new ArgumentException(MerchantSerialNumberExpected, nameof(merchantSerialNumber));
        BaseUrl = new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + "/");
        MerchantSerialNumber = merchantSerialNumber;
    }

    internal const string BaseUrlExpected = "an absolute https URL without user, query or fragment (http only to a loopback address)";

    /// <summary>The specification of 2024 says four to six; the numbers handed out grow, and a client must not be the one to refuse the next digit.</summary>
    internal const string MerchantSerialNumberExpected = "four to ten digits";

    /// <summary>The host, always with a trailing slash, so that a stored and a configured form of the same host are equal.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The merchant serial number (MSN).</summary>
    public string MerchantSerialNumber { get; }

    internal Uri Resolve(string relative) => new(BaseUrl, relative);

    internal static bool IsBaseUrl([NotNullWhen(true)] Uri? url) =>
        url is { IsAbsoluteUri: true, UserInfo: "", Query: "", Fragment: "", Host.Length: > 0 }
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    internal static bool IsMerchantSerialNumber([NotNullWhen(true)] string? number) =>
        number is { Length: >= 4 and <= 10 } && !number.AsSpan().ContainsAnyExceptInRange('0', '9');
}
