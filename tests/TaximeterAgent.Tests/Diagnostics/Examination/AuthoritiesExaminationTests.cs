using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Diagnostics.Examination;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Diagnostics.Examination;

/// <summary>The authorities that a car is bound to: a file that is none keeps the agent from starting, one that is too old is told and does not.</summary>
public sealed class AuthoritiesExaminationTests : IDisposable
{
    private readonly TestPatient _patient = new();
    private readonly TestFiles _files = new();

    private string File => _files.Path("ca.pem");

    public void Dispose()
    {
        _patient.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData(null, "cannot be read: ")]
    [InlineData("", "has no certificate")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "has no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n", "cannot be read: ")]
    public void A_file_without_certificates_is_a_fault_of_the_configuration(string? content, string fault)
    {
        if (content is not null)
            System.IO.File.WriteAllText(File, content);
        _patient.Configuration.With("EPayment:CertificateAuthorities", $"\"{File}\"");

        var told = _patient.Configuration.OneFault();

        Assert.StartsWith("EPayment:CertificateAuthorities: ", told, StringComparison.Ordinal);
        Assert.Contains(fault, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-900, 900, null, null)]
    [InlineData(-900, 30, Level.Yellow, "will within 90 days")]
    [InlineData(-900, -1, Level.Red, "no authority in the file is valid today")]
    [InlineData(10, 900, Level.Red, "no authority in the file is valid today")]
    internal async Task One_that_is_too_old_is_told_and_the_agent_starts_all_the_same(int from, int to, Level? level, string? cause)
    {
        Write((from, to));
        Assert.NotNull(_patient.Configuration.Options());
        Is(await LookAsync(), level, cause);
    }

    [Fact]
    public async Task One_of_two_is_enough_and_the_other_is_told()
    {
        Write((-900, -1), (-900, 900));
        Is(await LookAsync(), Level.Yellow, "has expired, or will");
    }

    [Fact]
    public async Task A_car_that_is_bound_to_none_has_nothing_to_tell() => Is(await LookAsync(), null, null);

    private async Task<Examined> LookAsync()
    {
        using var patient = _patient.With();
        return await new AuthoritiesExamination().LookAsync(patient, CancellationToken.None);
    }

    private static void Is(Examined examined, Level? level, string? cause)
    {
        if (level is null)
        {
            Assert.Empty(examined.Findings);
            return;
        }

        var finding = Assert.Single(examined.Findings);
        Assert.Equal((level, FindingKind.AuthoritiesExpired), (finding.Level, finding.Kind));
        Assert.Contains(cause!, finding.Cause, StringComparison.Ordinal);
    }

    private void Write(params (int From, int To)[] days)
    {
        var now = TimeProvider.System.GetUtcNow();
        System.IO.File.WriteAllText(File, string.Join('\n', days.Select(one =>
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var made = new CertificateRequest("CN=Root", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(one.From), now.AddDays(one.To));
            return made.ExportCertificatePem();
        })));
        _patient.Configuration.With("EPayment:CertificateAuthorities", $"\"{File}\"");
    }
}
