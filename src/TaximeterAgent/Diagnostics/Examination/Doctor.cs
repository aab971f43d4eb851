using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>Looks at everything once, in the order in which one thing explains the next.</summary>
/// <param name="examinations">What is looked at.</param>
internal sealed class Doctor(IReadOnlyList<Examination> examinations)
{
    /// <summary>From then on whoever waits is told what for.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    /// <summary>All that there is.</summary>
    public static Doctor Whole() => new(
    [
        new ServiceExamination(),
        new ConfigurationExamination(),
        new DiskExamination(),
        new DatabaseExamination(),
        new MeterExamination(),
        .. DeviceExamination.All,
        new NetworkExamination(),
        new AuthoritiesExamination(),
        new SalesUnitExamination(),
        new TripsExamination(),
        new OptionalPartsExamination(),
    ]);

    /// <param name="patient">The car.</param>
    /// <param name="waiting">Told what is waited for, when a part takes long.</param>
    /// <param name="stop">Ctrl+C.</param>
    public async Task<DoctorReport> ExamineAsync(Patient patient, Func<string, Task> waiting, CancellationToken stop)
    {
        var findings = new List<Finding>();
        var unseen = new List<UnseenReport>();
        foreach (var examination in examinations)
        {
            var looking = examination.LookAsync(patient, stop);
            if (await Task.WhenAny(looking, Task.Delay(s_silence, patient.Time, stop)) != looking)
                await waiting(examination.WaitsFor);
            var examined = await looking;
            if (examined.NotLooked is { } why)
                unseen.Add(new UnseenReport(examination.Part, why));
            // The first that names a fault has it: a clock that is wrong is seen by more than one.
            findings.AddRange(examined.Findings.Where(finding => !findings.Any(known => (known.Kind, known.Part, known.Seen) == (finding.Kind, finding.Part, finding.Seen))));
        }

        return new DoctorReport
        {
            Healthy = findings.Count == 0,
            Worst = Kebab.Of(findings.Select(finding => finding.Level).Append(Level.Green).Max()),
            Car = patient.Options?.Car.Id,
            Agent = patient.Status?.Version,
            Findings = [.. findings.Select((finding, at) => new FindingReport
            {
                Number = at + 1,
                Kind = Kebab.Of(finding.Kind),
                Part = finding.Part,
                Level = Kebab.Of(finding.Level),
                Seen = finding.Seen,
                Cause = finding.Cause,
                Cure = finding.Cure,
            })],
            Unseen = unseen,
        };
    }
}
