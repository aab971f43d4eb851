using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Simulator.Server;

/// <summary>
/// What a server on loopback shows to whoever connects over TLS: a chain of root, intermediate and its own certificate, made anew, and as large on the wire as those of a
/// public authority, which say more about themselves.
/// </summary>
public sealed class ServerTls : IDisposable
{
    private const string Host = "localhost";

    /// <summary>What a public authority writes into a server's certificate besides: two or three logs' timestamps, policies, where to ask.</summary>
    private const int MoreOfTheServer = 700;
    private const int MoreOfTheIntermediate = 300;

    /// <summary>Private enterprise numbers are nobody's here.</summary>
    private const string Filler = "1.3.6.1.4.1.99999.1";

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;
    private readonly X509Certificate2 _server;

    /// <param name="now">From a day before it to a year after it they are good.</param>
    public ServerTls(DateTimeOffset now)
    {
        _root = Make("CN=Simulated root", null, now, authority: true, more: 0);
        _intermediate = Make("CN=Simulated intermediate", _root, now, authority: true, MoreOfTheIntermediate);
        _server = Make("CN=" + Host, _intermediate, now, authority: false, MoreOfTheServer);
        Context = SslStreamCertificateContext.Create(_server, [_intermediate], offline: true);
    }

    /// <summary>For the server.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>For whoever is to trust it: the root, as PEM.</summary>
    public string Authority => _root.ExportCertificatePem();

    public void Dispose()
    {
        _server.Dispose();
        _intermediate.Dispose();
        _root.Dispose();
    }

    private static X509Certificate2 Make(string name, X509Certificate2? issuer, DateTimeOffset now, bool authority, int more)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (more > 0)
            request.CertificateExtensions.Add(new X509Extension(Filler, RandomNumberGenerator.GetBytes(more), critical: false));
        if (!authority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(Host);
            request.CertificateExtensions.Add(names.Build());
        }

        var (from, to) = (now.AddDays(-1), now.AddYears(1));
        if (issuer is null)
            return request.CreateSelfSigned(from, to);
        using var signed = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }
}
