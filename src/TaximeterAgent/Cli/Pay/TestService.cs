using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Pay;

/// <summary>Where a payment may be made for a test: nowhere that real money moves.</summary>
internal static class TestService
{
    /// <summary>The payment service's test environment.</summary>
    public const string Host = "apitest.vipps.no";

    /// <summary>True for the test environment and for this machine itself. Whatever is not known to be a test is none.</summary>
    public static bool IsTest(Uri service) =>
        Urls.IsThisMachine(service) || (service.Scheme == Uri.UriSchemeHttps && service.IsDefaultPort && service.Host == Host);
}
