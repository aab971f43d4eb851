using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>What waits in the outbox, and trips that only a person can settle.</summary>
internal sealed class TripsExamination : Examination
{
    public override string Part => CarHealth.Trips;

    public override string WaitsFor => "what waits in the outbox";

    public override Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        var now = patient.Time.GetUtcNow();
        if (patient.Status is { } status)
            return Task.FromResult(Examined.Found([.. Judge(status.Outbox, status.Trips, now)]));
        if (patient.Copied(stop) is not { } copy)
            return Task.FromResult(StoredTrips.Unread(patient));
        var (outbox, trips) = copy.Standing();
        return Task.FromResult(Examined.Found([.. Judge(outbox, trips, now)]));
    }

    private IEnumerable<Finding> Judge(OutboxReport outbox, TripCountsReport? trips, DateTimeOffset now)
    {
        // A disk that is full, and a database that cannot be read, are told by themselves.
        if (OutboxHealth.Of(outbox with { Writable = true, Unreadable = null }, now) is { Level: Level.Yellow or Level.Red } late)
            yield return new Finding(FindingKind.CallsLate, CarHealth.Outbox, late.Level, late.Why, "the service refuses it, or no network was there for it", late.Cure!);
        if (TripsHealth.Of(trips) is { Level: Level.Yellow } stuck)
            yield return Finding.Yellow(FindingKind.TripsStuck, Part, stuck.Why, "the agent cannot decide it, or may not", stuck.Cure!);
    }
}
