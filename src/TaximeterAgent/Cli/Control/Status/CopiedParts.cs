using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary>The rows of outbox and trips while no agent answers.</summary>
/// <param name="Source">The copy that they are read from; null if there is none.</param>
internal sealed record CopiedParts(PartReport Outbox, PartReport Trips, SourceReport? Source)
{
    /// <summary>Copies the database and looks.</summary>
    /// <param name="directory">The outbox's; null if it is not known which database is meant.</param>
    /// <param name="error">Where it is said what is waited for.</param>
    /// <param name="time">The car's clock.</param>
    /// <param name="stop">Ctrl+C; the copy goes then too.</param>
    public static CopiedParts Look(string? directory, TextWriter error, TimeProvider time, CancellationToken stop)
    {
        if (directory is null)
            return Same(Grade.Unknown("which database that agent uses is not known", "leave --socket out, or give --config too"));
        try
        {
            using var patience = Waiting.Tell(error, $"copying the database in {directory}", time);
            using var outbox = new CopiedOutbox(OutboxCopy.Make(directory, time, stop));
            var (standing, trips) = outbox.Standing();
            return new CopiedParts(CopyHealth.Of(standing, outbox.Source.At).As(CarHealth.Outbox), CopyHealth.Of(trips).As(CarHealth.Trips), outbox.Source);
        }
        catch (OutboxUnusableException e)
        {
            return Same(CopyHealth.Of(e, e.Trouble == OutboxTrouble.Forbidden ? PosixFiles.OwnerOf(e.File) : null));
        }
    }

    private static CopiedParts Same(Grade grade) => new(grade.As(CarHealth.Outbox), (grade.Level == Level.Red ? Grade.Unknown("the outbox cannot be read") : grade).As(CarHealth.Trips), null);
}
