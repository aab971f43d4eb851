using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Trust;

namespace TaximeterAgent.Hosting;

/// <summary>Whom the agent takes for the payment service.</summary>
internal static class ServiceTrust
{
    /// <summary>
    /// Null for the system's authorities. Else only those of the file, which is read anew for each new connection: who replaces it need not restart the agent, and while it is
    /// missing, or has nothing in it, nobody is trusted and nothing is sent.
    /// </summary>
    public static RemoteCertificateValidationCallback? Of(EPaymentOptions options) =>
        options.CertificateAuthorities.Length == 0 ? null : AuthorityTrust.From(() => Authorities(options));

    /// <summary>The authorities that are configured, as their file stands now; none if it cannot be read.</summary>
    public static X509Certificate2Collection Authorities(EPaymentOptions options) => AuthorityFile.Read(options.CertificateAuthorities, out _);
}
