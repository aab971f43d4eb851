using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Core.Trust;

/// <summary>Takes a server for the right one only if its certificate is from a given authority, whatever else the system trusts.</summary>
public static class AuthorityTrust
{
    /// <summary>The server's certificate must be for the host that was asked for, and from one of these authorities instead of the system's.</summary>
    /// <param name="authorities">Root certificates.</param>
    public static RemoteCertificateValidationCallback From(X509Certificate2Collection authorities) => From(() => authorities);

    /// <summary>The same, with authorities that may change: they are asked for at each handshake.</summary>
    /// <param name="authorities">Gives root certificates; none for nobody is trusted.</param>
    public static RemoteCertificateValidationCallback From(Func<X509Certificate2Collection> authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        return (_, certificate, offered, errors) =>
        {
            // The name must be right in any case; who signed it is asked of the given authorities.
            if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
                return false;
            using var chain = ChainTo(authorities(), offered);
            return chain.Build(server);
        };
    }

    /// <summary>A chain that is yet to be built, and that is good only if it ends at one of these authorities. The caller disposes it.</summary>
    /// <param name="authorities">Root certificates.</param>
    /// <param name="offered">The chain as the platform has built it: the certificates between, which the server has sent, are taken from it.</param>
    public static X509Chain ChainTo(X509Certificate2Collection authorities, X509Chain? offered)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // What is missing is not fetched from where a stranger's certificate says.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Usable as a server's, as without authorities of one's own.
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        if (offered is not null)
            chain.ChainPolicy.ExtraStore.AddRange(offered.ChainPolicy.ExtraStore);
        return chain;
    }
}
