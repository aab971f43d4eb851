using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Core.Fleet;

/// <summary>Whom a client of the broker takes for the broker.</summary>
public static class BrokerTrust
{
    /// <summary>The broker's certificate must be for the host that was asked for, and from one of these authorities instead of the system's.</summary>
    public static RemoteCertificateValidationCallback From(X509Certificate2Collection authorities) => (_, certificate, _, errors) =>
    {
        // The name must be right in any case; who signed it is asked of the given authority.
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(server);
    };
}
