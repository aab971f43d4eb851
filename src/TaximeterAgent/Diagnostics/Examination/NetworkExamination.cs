using TaximeterAgent.Control.Health;
using TaximeterAgent.Diagnostics.Network;
using TaximeterAgent.Cli.Output;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>The way to the payment service, as <c>network test</c> walks it; and the clock, on which TLS depends.</summary>
internal sealed class NetworkExamination : Examination
{
    public override string Part => CarHealth.Network;

    public override string WaitsFor => "the way to the payment service";

    public override async Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        var year = Year(patient);
        if (patient.Options is not { } options)
            return new Examined(year, "the configuration is wrong");
        using var route = new NetworkRoute(options, patient.Limit, patient.Time);
        var found = await NetworkTest.Whole().RunAsync(route, _ => Task.CompletedTask, _ => Task.CompletedTask, stop);
        // What another step is at fault for is told there.
        var findings = found.Steps.Where(step => step.State == "broken" && !IsConsequence(step, found)).Select(step => Of(step, options.EPayment.HasKeys, patient)).OfType<Finding>().ToList();
        return Examined.Found(findings.Any(finding => finding.Kind == FindingKind.ClockWrong) ? findings : [.. year, .. findings]);
    }

    private static bool IsConsequence(NetworkStepReport step, NetworkTestReport found) => step.Because is { } because && found.Steps.Any(other => other.Step == because && other.State == "broken");

    private Finding? Of(NetworkStepReport step, bool hasKeys, Patient patient)
    {
        if (step.Because == ClockStep.StepName)
            return Clock(step);
        return step.Step switch
        {
            // A modem that is off while something else carries the traffic.
            "modem" => Finding.Yellow(FindingKind.NetworkModem, Part, step.Text, step.Cause!, step.Cure!),
            "link" => Red(FindingKind.NetworkLink),
            "address" => Red(FindingKind.NetworkAddress),
            "route" => Red(FindingKind.NetworkRoute),
            "dns" => Red(FindingKind.NetworkName),
            "tcp" => Red(FindingKind.NetworkConnection),
            "tls" => Red(FindingKind.NetworkTls),
            "clock" => Clock(step),
            // Told by the configuration already, or in the running agent's hands alone.
            "token" when !hasKeys => null,
            "token" when step.Text.StartsWith("HTTP 4", StringComparison.Ordinal) => Finding.Red(FindingKind.KeysRefused, CarHealth.Token, step.Text, step.Cause!, step.Cure!),
            "token" or "epayment" => Finding.Red(FindingKind.PaymentService, CarHealth.EPayment, step.Text, step.Cause!, step.Cure!),
            _ => throw new InvalidOperationException($"A step that nobody knows: {step.Step}."),
        };

        Finding Red(FindingKind kind) => Finding.Red(kind, Part, step.Text, step.Cause!, step.Cure!);
    }

    private static Finding Clock(NetworkStepReport step) => Finding.Red(FindingKind.ClockWrong, "clock", step.Text, step.Cause!, step.Cure!);

    // Without a network no server says its time; a year that cannot be needs none.
    private static List<Finding> Year(Patient patient) => patient.Time.GetUtcNow() is { Year: < ClockHealth.FirstYear or > ClockHealth.LastYear } now
        ? [Finding.Red(FindingKind.ClockWrong, "clock", $"the car says {now.UtcDateTime:yyyy-MM-dd}", "the board has no battery for its clock, or an empty one, and no network has set it", ClockStep.Cure)]
        : [];
}
