using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Disks;

/// <summary>
/// A mount namespace of the car's own. A process holds it, so that what is mounted there outlives the agents that are started in it; util-linux's <c>unshare</c> makes it and
/// <c>nsenter</c> enters it, as root. Nothing of it is seen on the machine itself, and nothing is left when the holder ends, however it ends.
/// </summary>
internal sealed class MountSpace : IAsyncDisposable
{
    private const string Made = "mounted";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private readonly AgentProcess _holder;

    private MountSpace(AgentProcess holder) => _holder = holder;

    /// <summary>What a program is started by that is to see it.</summary>
    public IReadOnlyList<string> Entering => ["nsenter", string.Create(CultureInfo.InvariantCulture, $"--mount=/proc/{_holder.Id}/ns/mnt"), "--"];

    /// <summary>Makes it, and has the agent's program started in it from now on.</summary>
    /// <param name="world">Whose.</param>
    /// <param name="holder">What mounts, then says <c>mounted</c>, and stays.</param>
    /// <exception cref="ScenarioSkipped">This machine does not let us.</exception>
    public static async Task<MountSpace> MakeAsync(World world, params IReadOnlyList<string> holder)
    {
        AgentProcess process = AgentProcess.Start(["unshare", "--mount", "--", .. holder], [], world.Places.Root, Path.Combine(world.Places.Root, "mounts"));
        var space = new MountSpace(process);
        world.Own(space);
        DateTime end = DateTime.UtcNow + Patience;
        while (!process.Tail.Contains(Made))
        {
            if (process.HasExited || DateTime.UtcNow > end)
                throw new ScenarioSkipped($"no mount namespace can be made here: {string.Join(" / ", process.Tail)}");
            await Task.Delay(Glance);
        }

        world.AgentProgram = [.. space.Entering, .. world.AgentProgram];
        return space;
    }

    /// <summary>The same path as it is seen in the namespace, for us who are outside.</summary>
    public string Inside(string path) => string.Create(CultureInfo.InvariantCulture, $"/proc/{_holder.Id}/root{path}");

    public ValueTask DisposeAsync() => _holder.DisposeAsync();
}
