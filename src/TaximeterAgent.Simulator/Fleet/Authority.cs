using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>A certificate authority of the run's own, and what it means to trust it alone.</summary>
internal sealed class Authority
{
    private readonly X509Certificate2Collection _trusted = [];

    /// <param name="pem">The file of its certificate.</param>
    public Authority(string pem) => _trusted.ImportFromPemFile(pem);

    /// <summary>For HTTPS to a server whose certificate it signed.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { _trusted[0] } },
        },
    };
}
