using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Disks;

/// <summary>
/// A disk below the agent's outbox that fails when it is told to: <c>faulty-disk.c</c>, a file system in user space (FUSE) that hands everything on to the directory below it. So the
/// kernel itself gives the agent the error, keeps its pages and shows after a failed sync what the disk does not have.
/// </summary>
internal sealed class FaultyDisk
{
    private readonly World _world;
    private readonly string _control;

    private FaultyDisk(World world, string control)
    {
        _world = world;
        _control = control;
    }

    /// <summary>What has failed since <see cref="Fail"/>, in order: operation, file, error.</summary>
    public IReadOnlyList<string> Failures => File.Exists(Hits) ? File.ReadAllLines(Hits) : [];

    private string Hits => _control + ".hits";

    /// <summary>Compiles it and mounts it over the outbox's directory.</summary>
    /// <exception cref="ScenarioSkipped">This machine has no gcc, or no <c>/dev/fuse</c>.</exception>
    public static async Task<FaultyDisk> MountAsync(World world)
    {
        string root = world.Places.Root;
        string program = Path.Combine(root, "faulty-disk");
        string control = Path.Combine(root, "disk-control");
        await using (Stream source = typeof(FaultyDisk).Assembly.GetManifestResourceStream("faulty-disk.c")!)
        await using (FileStream copy = File.Create(program + ".c"))
            await source.CopyToAsync(copy);
        await File.WriteAllTextAsync(control, "");
        ScriptRun compiled = await ScriptRun.RunAsync(["gcc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", program, program + ".c"], new Dictionary<string, string>());
        if (compiled.Code != 0)
            throw new ScenarioSkipped($"the failing file system cannot be compiled: {compiled.Said}");
        await MountSpace.MakeAsync(world, program, world.Places.Outbox, control);
        return new FaultyDisk(world, control);
    }

    /// <summary>From now on it fails.</summary>
    /// <param name="rules">As <c>faulty-disk.c</c> says.</param>
    public void Fail(params string[] rules)
    {
        File.Delete(Hits);
        Tell(string.Join('\n', rules));
        _world.Transcript.Say("disk", $"from now on: {string.Join(", ", rules)}");
    }

    /// <summary>All is well with it again.</summary>
    public void Mend()
    {
        Tell("");
        _world.Transcript.Say("disk", $"is well again, after {Failures.Count} failures");
    }

    // In one step: it is read at each operation.
    private void Tell(string rules)
    {
        File.WriteAllText(_control + ".next", rules);
        File.Move(_control + ".next", _control, overwrite: true);
    }
}
