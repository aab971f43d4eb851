using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Tests.Diagnostics.Network;

/// <summary>Certificates as a service, or somebody in its place, shows them.</summary>
internal static class TestCertificates
{
    public static X509Certificate2 Authority(string name = "Test Authority")
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(now.AddYears(-10), now.AddYears(10));
    }

    public static X509Certificate2 SelfSigned(string host)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(host, key).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    public static X509Certificate2 Leaf(X509Certificate2 authority, string host, TimeSpan from, TimeSpan to)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = Request(host, key).Create(authority, now + from, now + to, [1, 2, 3, 4]);
        return made.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string host, ECDsa key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
