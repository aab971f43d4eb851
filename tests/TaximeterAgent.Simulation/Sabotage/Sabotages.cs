namespace TaximeterAgent.Simulation;

/// <summary>The names by which the sabotages are called.</summary>
internal static class Sabotages
{
    /// <summary>A sabotage that this many trips do not show has survived.</summary>
    public const long TripsMaximum = 20_000;

    public static IReadOnlyDictionary<string, Func<Saboteur>> ByName { get; } = new SortedDictionary<string, Func<Saboteur>>(StringComparer.Ordinal)
    {
        ["ack-before-commit"] = () => new AckBeforeCommit(),
        ["ask-a-neighbour"] = () => new AskANeighbour(),
        ["ask-the-last-number"] = () => new AskTheLastNumber(),
        ["cancel-without-flag"] = () => new CancelWithoutFlag(),
        ["capture-after-void"] = () => new CaptureAfterVoid(),
        ["capture-without-check"] = () => new CaptureWithoutCheck(),
        ["dedupe-by-seq"] = () => new DedupeBySeq(),
        ["display-ahead-of-store"] = () => new DisplayAheadOfStore(),
        ["forget-hold"] = () => new ForgetHold(),
        ["forget-release"] = () => new ForgetRelease(),
        ["new-key-on-retry"] = () => new NewKeyOnRetry(),
        ["no-sync"] = () => new NoSync(),
        ["no-way-back"] = () => new NoWayBack(),
        ["poll-only-once"] = () => new PollOnlyOnce(),
        ["release-before-capture"] = () => new ReleaseBeforeCapture(),
        ["resend-after-expiry"] = () => new ResendAfterExpiry(),
        ["trust-404"] = () => new Trust404(),
        ["trust-webhook"] = () => new TrustWebhook(),
        ["two-live-attempts"] = () => new TwoLiveAttempts(),
        ["wrong-amount"] = () => new WrongAmount(),
    };

    /// <summary>Looks for the first world in which the sabotage breaks the promise, and in which nothing is broken without it.</summary>
    public static (int Seed, long Trips, Verdict Verdict)? Find(string name, long tripsMaximum)
    {
        var trips = 0L;
        for (var seed = 1; trips < tripsMaximum; seed++)
        {
            var sabotage = ByName[name]();
            using var world = new World(seed, sabotage, () => new MemoryDisk(), randomKeys: sabotage.NeedsRandomKeys, technician: sabotage.NeedsTechnician);
            var verdict = world.Run();
            trips += world.Tally.Trips;
            if (verdict is null)
                continue;
            using var clean = new World(seed, new Saboteur(), () => new MemoryDisk(), randomKeys: sabotage.NeedsRandomKeys, technician: sabotage.NeedsTechnician);
            if (clean.Run() is { } own)
                throw new InvalidOperationException($"Seed {seed} is broken without any sabotage: {own.How}: {own.What}");
            return (seed, trips, verdict);
        }

        return null;
    }
}
