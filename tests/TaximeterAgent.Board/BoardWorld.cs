using TaximeterAgent.Board.Guest;
using TaximeterAgent.Board.Power;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Board;

/// <summary>The simulator's world around a board in the place of a process.</summary>
internal static class BoardWorld
{
    /// <summary>Short waits, but no shorter than an emulated processor keeps, and none that ends a payment because a boot was slow.</summary>
    public static Pace Pace { get; } = Pace.Shortened with
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        TryTimeout = TimeSpan.FromSeconds(15),
        PollFirst = TimeSpan.FromMilliseconds(500),
        PollEvery = TimeSpan.FromMilliseconds(500),
        PaymentLifetime = TimeSpan.FromMinutes(10),
        OfflineMaxAge = TimeSpan.FromMinutes(15),
        NoShowAfter = TimeSpan.FromHours(1),
        AnswerTimeout = TimeSpan.FromSeconds(1),
        AnswerPause = TimeSpan.FromSeconds(2),
        Heartbeat = TimeSpan.FromSeconds(5),
        HeartbeatLost = TimeSpan.FromSeconds(30),
        Patience = TimeSpan.FromMinutes(4),
        Quiet = TimeSpan.FromSeconds(1),
    };

    /// <summary>What is broken on purpose need not be waited for so long.</summary>
    public static Pace PaceOf(string? sabotage) => sabotage is null ? Pace : Pace with { Patience = Pace.Patience / 2 };

    /// <summary>The service is reached over TLS: a board's network is no loopback.</summary>
    public static CarrierOptions Carrier(TimeProvider time) => new() { Tls = new ServerTls(time.GetUtcNow()) };

    public static WorldOptions Options(string name, int seed, BoardImage image, string? sabotage, string keep, TimeProvider time) => new()
    {
        Name = name,
        Seed = seed,
        Pace = PaceOf(sabotage),
        AgentCommand = PowerOn.Command(image, seed, sabotage),
        ForeignAgent = true,
        Keep = keep,
        Carrier = Carrier(time),
    };

    public static BoardPlaces Board(this World world) => new(world.Places.Root);

    public static GuestShell Shell(this World world) => new(world.Board().Shell);

    public static QemuMonitor Monitor(this World world) => new(world.Board().Monitor);

    /// <summary>The guest's journal of all boots, also kept beside the agent's logs, so that it is searched for secrets like them.</summary>
    public static async Task<IReadOnlyList<string>> JournalAsync(this World world)
    {
        (int code, string output) = await world.Shell().RunAsync("journalctl --no-pager -o short-monotonic", TimeSpan.FromMinutes(2));
        if (code != 0)
            throw new IOException($"the guest's journal cannot be read: {output}");
        await File.WriteAllTextAsync(Path.Combine(world.Places.Root, "agent-journal.log"), output);
        return output.Split('\n');
    }
}
