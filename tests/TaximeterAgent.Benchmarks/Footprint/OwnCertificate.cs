using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Benchmarks.Footprint;

/// <summary>A certificate for 127.0.0.1 that only those trust who are given its file.</summary>
internal sealed class OwnCertificate
{
    /// <param name="file">Where it is written, without its key.</param>
    public OwnCertificate(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = DateTimeOffset.UtcNow;
        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        System.IO.File.WriteAllText(file, Certificate.ExportCertificatePem());
        File = file;
    }

    public X509Certificate2 Certificate { get; }

    public string File { get; }
}
