using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Disks;

/// <summary>
/// A board of which nothing can be written but two directories: every mount is made read-only in a mount namespace, <c>/tmp</c>, <c>/dev/shm</c> and the agent's home included.
/// strace writes down every call that was refused for it: an agent that goes on without what it could not write has tried all the same.
/// </summary>
internal sealed class ReadOnlyRoot
{
    private const string Script = """
        set -eu
        mount --make-rprivate /
        for place; do mount --bind "$place" "$place"; done
        # The kernel's own interfaces are no storage, and are the same on every board.
        closed() { findmnt -rno TARGET | grep -v -E '^/(proc|sys)(/|$)' | while read -r target; do
          for place; do [ "$target" != "$place" ] || continue 2; done
          echo "$target"
        done; }
        closed "$@" | while read -r target; do mount -o remount,bind,ro "$target"; done
        closed "$@" | while read -r target; do
          [ ! -d "$target" ] || ! touch "$target/.probe" 2>/dev/null || { echo "$target can still be written"; exit 1; }
        done
        echo mounted
        exec sleep infinity
        """;

    private readonly World _world;
    private readonly string _trace;

    private ReadOnlyRoot(World world, string trace)
    {
        _world = world;
        _trace = trace;
    }

    /// <summary>What the agent tried to write and could not, a line for each call.</summary>
    public IReadOnlyList<string> Refused =>
        [.. Directory.EnumerateFiles(_world.Places.Root, Path.GetFileName(_trace) + "*").SelectMany(File.ReadLines).Where(line => line.Contains("EROFS", StringComparison.Ordinal))];

    /// <summary>True once the agent's calls have been seen at all.</summary>
    public bool Watched => Directory.EnumerateFiles(_world.Places.Root, Path.GetFileName(_trace) + "*").Any(file => new FileInfo(file).Length > 0);

    /// <param name="world">Whose agent is on such a board.</param>
    /// <param name="written">The directories that can be written.</param>
    public static async Task<ReadOnlyRoot> MountAsync(World world, params IReadOnlyList<string> written)
    {
        await MountSpace.MakeAsync(world, ["sh", "-c", Script, "sh", .. written]);
        string trace = Path.Combine(world.Places.Root, "refused");
        // Outside of the namespace, where it can write; not in the agent's process group, so that it sees the end.
        world.AgentProgram = ["strace", "-ff", "-DDD", "--seccomp-bpf", "-e", "trace=%file,%desc", "-e", "status=failed", "-o", trace, .. world.AgentProgram];
        return new ReadOnlyRoot(world, trace);
    }
}
