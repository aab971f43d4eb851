using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>Room for what has to be stored.</summary>
internal sealed class DiskExamination : Examination
{
    public override string Part => CarHealth.Disk;

    public override string WaitsFor => "the disk";

    public override Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        var disk = patient.Status?.Disk ?? DiskSpace.Of(patient.Directory);
        var grade = DiskHealth.Of(disk);
        if (disk is { ReadOnly: true })
        {
            return Task.FromResult(Examined.Found(Finding.Red(
                FindingKind.DiskReadOnly, Part, grade.Why, "the kernel has made it read-only after an error of the disk, or it is mounted so: no fare can be stored", grade.Cure!)));
        }

        // An agent that has seen a full disk says so before the numbers do.
        if (patient.Status is { Outbox.Writable: false })
            grade = Grade.Red($"a commit found no room; {grade.Why}", grade.Cure ?? $"make room: du -x {patient.Directory}");
        return Task.FromResult(grade.Level switch
        {
            Level.Red => Examined.Found(Finding.Red(FindingKind.DiskFull, Part, grade.Why, "something has filled the disk of the outbox: no fare is acknowledged without room", grade.Cure!)),
            Level.Yellow => Examined.Found(Finding.Yellow(FindingKind.DiskFilling, Part, grade.Why, "something fills the disk of the outbox, most often logs", grade.Cure!)),
            Level.Unknown => Examined.Unseen($"{patient.Directory} is not there, or this user may not enter it; run this as root"),
            _ => Examined.Well,
        });
    }
}
