using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>The configuration as a start of the agent would find it, and the secrets that the running one lacks.</summary>
internal sealed class ConfigurationExamination : Examination
{
    public override string Part => "configuration";

    public override string WaitsFor => "the configuration";

    public override Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        var report = patient.Configuration;
        var findings = report.Faults.Select(fault => Finding.Red(
            FindingKind.ConfigurationWrong, Part, fault.ToString(), "the value is not one that the agent can work with; it does not start with it", Cure(fault.Where))).ToList();
        // Where an agent runs its own word counts: secrets that are for the service alone are not seen here.
        var missing = patient.Status is { } status ? status.MissingKeys ?? [] : report.Missing.Select(fault => fault.Where);
        var keys = string.Join(", ", missing);
        if (keys.Length > 0)
            findings.Add(Finding.Red(FindingKind.KeysMissing, Part, $"nowhere: {keys}", "the car was not set up, or a secret's file is gone or may not be read", Grade.Command("setup")));
        return Task.FromResult(Examined.Found(findings));
    }

    // A key, or the file's name.
    private static string Cure(string where) => where.Contains('/', StringComparison.Ordinal) ? Grade.Command("config check") : Grade.Command($"config explain {where}");
}
