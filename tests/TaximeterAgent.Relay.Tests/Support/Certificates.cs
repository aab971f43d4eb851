using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>Certificates that nobody here has.</summary>
internal static class Certificates
{
    /// <summary>An authority of its own, as PEM.</summary>
    public static string Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=taximeter dev authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return made.ExportCertificatePem();
    }
}
