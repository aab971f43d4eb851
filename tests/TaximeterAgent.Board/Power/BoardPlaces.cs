namespace TaximeterAgent.Board.Power;

/// <summary>Where a board keeps what it is made of: a folder beside the agent's configuration of its world.</summary>
/// <param name="world">The world's folder.</param>
internal sealed class BoardPlaces(string world)
{
    public string World { get; } = world;

    public string Root { get; } = Path.Combine(world, "board");

    /// <summary>The disk as it was when the power came last.</summary>
    public string Disk => Path.Combine(Root, "disk.img");

    /// <summary>What the guest has written since, in place.</summary>
    public string Overlay => Path.Combine(Root, "overlay.qcow2");

    /// <summary>And in the order in which it was written.</summary>
    public string Log => Path.Combine(Root, "writes.log");

    /// <summary>The disk with configuration and keys.</summary>
    public string Configuration => Path.Combine(Root, "config.img");

    /// <summary>A line for each time that the power came: <see cref="LifeFacts"/>.</summary>
    public string Facts => Path.Combine(Root, "facts.jsonl");

    public string Shell => Path.Combine(Root, "shell");

    public string Monitor => Path.Combine(Root, "monitor");

    public string Keypad => Path.Combine(World, "keypad");

    public string Contacts => Path.Combine(World, "contacts");

    public string Display => Path.Combine(World, "lcd");

    /// <summary>Named like the agent's logs, so that the guest's console is searched for secrets like them.</summary>
    public string Console(int life) => Path.Combine(World, $"agent-console-{life}.log");
}
