using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>The authorities that the car is bound to, where it is: once the last of them has expired nobody is taken for the payment service.</summary>
internal sealed class AuthoritiesExamination : Examination
{
    /// <summary>Time enough to bring a file to every car of a fleet.</summary>
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(90);

    public override string Part => CarHealth.Network;

    public override string WaitsFor => "the certificate authorities";

    public override Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        if (patient.Options is not { EPayment.CertificateAuthorities: { Length: > 0 } file })
            return Task.FromResult(Examined.Well);
        var authorities = AuthorityFile.Read(file, out var fault);
        // That it cannot be read is told by the configuration.
        return Task.FromResult(fault.Length == 0 && Judge(authorities, file, patient.Time.GetUtcNow()) is { } finding ? Examined.Found(finding) : Examined.Well);
    }

    private Finding? Judge(X509Certificate2Collection authorities, string file, DateTimeOffset now)
    {
        const string cure = "put the root certificates that the payment service's certificate comes from today into the file; without the key the system's are trusted";
        var seen = $"{Shown.Plain(file)}: {string.Join("; ", authorities.Select(Describe))}";
        if (!authorities.Any(one => Begins(one) <= now && Ends(one) > now))
            return Finding.Red(FindingKind.AuthoritiesExpired, Part, seen, "no authority in the file is valid today, so nobody is taken for the payment service; or the clock is wrong", cure);
        return authorities.Any(one => Ends(one) <= now + s_ahead)
            ? Finding.Yellow(FindingKind.AuthoritiesExpired, Part, seen, $"an authority in the file has expired, or will within {s_ahead.TotalDays:0} days", cure)
            : null;
    }

    private static string Describe(X509Certificate2 one) => $"{Shown.Plain(one.Subject)} until {Ends(one).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private static DateTimeOffset Begins(X509Certificate2 one) => new(one.NotBefore.ToUniversalTime());

    private static DateTimeOffset Ends(X509Certificate2 one) => new(one.NotAfter.ToUniversalTime());
}
