using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Control.Health;

/// <summary>Outbox and trips while no agent answers: by a copy of the database, and said to be, or why there is none.</summary>
internal static class CopyHealth
{
    private const string Copy = "from a copy";

    public static Grade Of(OutboxReport outbox, DateTimeOffset now) => Copied(OutboxHealth.Of(outbox, now));

    public static Grade Of(TripCountsReport? trips) => Copied(TripsHealth.Of(trips));

    /// <summary>No copy could be made, or nothing be read from it.</summary>
    /// <param name="trouble">What is wrong.</param>
    /// <param name="owner">The user who may read the database; null if it is not known.</param>
    public static Grade Of(OutboxUnusableException trouble, string? owner) => trouble.Trouble switch
    {
        OutboxTrouble.Missing => Grade.Unknown("there is none yet: no agent has run with this configuration"),
        OutboxTrouble.Forbidden => Grade.Unknown("this user may not read it", $"run this as root{(owner is null ? "" : $", or as {owner}")}"),
        OutboxTrouble.Moving => Grade.Unknown("it is written so busily that it cannot be copied", "look again in a moment"),
        OutboxTrouble.Damaged => Grade.Red($"{trouble.File} is damaged: no agent starts with it", Quarantine),
        OutboxTrouble.Foreign => Grade.Red($"{trouble.File} is no outbox of this agent: it does not start with it", Quarantine),
        OutboxTrouble.Newer => Grade.Red($"{trouble.File} was written by a newer agent: this one does not start with it", "install that version again, or a newer one"),
        _ => Grade.Unknown(trouble.Message),
    };

    private static string Quarantine { get; } = $"set it aside: {Grade.Command("outbox quarantine")}";

    private static Grade Copied(Grade grade) => grade with { Why = $"{Copy}: {grade.Why}" };
}
