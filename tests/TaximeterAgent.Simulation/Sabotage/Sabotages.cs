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
    public static (int Seed, long Trips, Verdict Verdict)? Find(string name, long tripsMaximum, int workers = 1)
    {
        var trips = 0L;
        foreach (var end in Crew.Work(1, workers, seed => WorldEnd.Of(() => Make(seed, ByName[name]()))))
        {
            trips += end.Tally.Trips;
            if (end.Verdict is { } verdict)
            {
                if (WorldEnd.Of(() => Make(end.Seed, ByName[name](), clean: true)).Verdict is { } own)
                    throw new InvalidOperationException($"Seed {end.Seed} is broken without any sabotage: {own.How}: {own.What}");
                return (end.Seed, trips, verdict);
            }

            if (trips >= tripsMaximum)
                break;
        }

        return null;
    }

    // Clean: the same world, with whoever the sabotage needs, and without it.
    private static World Make(int seed, Saboteur sabotage, bool clean = false) =>
        new(seed, clean ? new Saboteur() : sabotage, () => new MemoryDisk(), randomKeys: sabotage.NeedsRandomKeys, technician: sabotage.NeedsTechnician);
}
