using TaximeterAgent.Control.Health;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>The outbox's database, read whole from a copy: that disturbs no agent.</summary>
internal sealed class DatabaseExamination : Examination
{
    public override string Part => CarHealth.Outbox;

    public override string WaitsFor => "a copy of the database, which is read whole";

    public override Task<Examined> LookAsync(Patient patient, CancellationToken stop) =>
        Task.FromResult(patient.Copied(stop) is null ? Judge(patient.WithoutCopy!) : Examined.Well);

    private Examined Judge(OutboxUnusableException e) => e.Trouble switch
    {
        // No agent has run yet: the service tells, if it should.
        OutboxTrouble.Missing => Examined.Well,
        OutboxTrouble.Forbidden => Examined.Unseen("this user may not read the database; run this as root"),
        OutboxTrouble.Moving or OutboxTrouble.InUse => Examined.Unseen("the database is written so busily that it cannot be copied; look again in a moment"),
        OutboxTrouble.Damaged => Examined.Found(Finding.Red(
            FindingKind.DatabaseDamaged, Part, $"{e.File} is damaged", "the card gives back something else than was written to it, or somebody wrote to the file",
            $"stop the agent, then: {Grade.Command("outbox quarantine")}, which keeps the file and finds what it can; replace the card soon")),
        OutboxTrouble.Foreign => Examined.Found(Finding.Red(
            FindingKind.DatabaseForeign, Part, $"{e.File} is no outbox of this agent", "the card gives back something else than was written to it, or another file was put in its place", $"stop the agent, then: {Grade.Command("outbox quarantine")}")),
        OutboxTrouble.Newer => Examined.Found(Finding.Red(
            FindingKind.DatabaseNewer, Part, $"{e.File} was written by a newer agent", "an older version was installed over a newer one", "install the newer version again")),
        _ => Examined.Found(Finding.Red(
            FindingKind.DatabaseUnreadable, Part, e.Message, "the disk or the system does not give it", "look at the card: dmesg | tail; if it reports errors, replace it")),
    };
}
