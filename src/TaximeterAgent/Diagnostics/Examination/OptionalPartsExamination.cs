using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>What payments can do without: the ignition's line, paper, webhooks, the relay. Never red.</summary>
internal sealed class OptionalPartsExamination : Examination
{
    public override string Part => "relay";

    public override string WaitsFor => "the agent's word about the relay";

    public override Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        if (patient.Status is not { } status)
            return Task.FromResult(patient.Options is { Relay.Uri: not null } ? Examined.Unseen("only the running agent knows") : Examined.Well);
        var now = patient.Time.GetUtcNow();
        var findings = new List<Finding>();
        if (status.Ignition is { } ignition)
            Add(IgnitionHealth.Of(ignition), FindingKind.IgnitionTrouble, "ignition", "the line is not there, or senses the other way round");
        if (status.Printer is { } printer)
            Add(PrinterHealth.Of(printer), FindingKind.PrinterTrouble, "printer", "it is off, unplugged, out of paper, open, or its line is set otherwise");
        if (status.Webhooks is { } webhooks)
            Add(WebhookHealth.Of(webhooks, now), FindingKind.WebhooksFailing, "webhooks", "what reaches the listener is not what the service sent, or nothing can");
        if (status.Relay is { } relay)
            Add(RelayHealth.Of(relay, now), FindingKind.RelayAway, Part, relay.Why ?? "it has not connected yet");
        return Task.FromResult(Examined.Found(findings));

        void Add(Grade grade, FindingKind kind, string part, string cause)
        {
            if (grade.Level == Level.Yellow)
                findings.Add(Finding.Yellow(kind, part, grade.Why, cause, grade.Cure ?? "wait; it is tried again by itself"));
        }
    }
}
