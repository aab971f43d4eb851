using System.Reflection;

namespace TaximeterAgent.Board.Power;

/// <summary>What a board starts from.</summary>
/// <param name="Folder">The folder that <c>tests/board/image.sh</c> made: the disk, Debian's kernel and its initrd.</param>
/// <param name="OwnKernel">The kernel that <c>tests/board/kernel.sh</c> made, in the place of Debian's; null for Debian's.</param>
internal sealed record BoardImage(string Folder, string? OwnKernel = null)
{
    /// <summary>The scripts' exit code where a tool or a source is missing.</summary>
    private const int Unavailable = 69;

    public string Disk => Path.Combine(Folder, "disk.img");

    public string Kernel => OwnKernel ?? Path.Combine(Folder, "kernel");

    /// <summary>Debian's kernel finds its disk by it; the own one has all built in.</summary>
    public string? Initrd => OwnKernel is null ? Path.Combine(Folder, "initrd") : null;

    /// <exception cref="IOException">It cannot be made.</exception>
    public static async Task<string> MakeAsync()
    {
        (int code, string said) = await Tool.TryAsync(Script("image.sh"));
        return code == 0 ? Place(said) : throw new IOException($"the image could not be made ({code}): {said}");
    }

    /// <summary>The own kernel, or what is missing here to make it.</summary>
    /// <exception cref="IOException">It could not be built.</exception>
    public static async Task<(string? Kernel, string? Missing)> MakeKernelAsync()
    {
        (int code, string said) = await Tool.TryAsync(Script("kernel.sh"));
        return code switch
        {
            0 => (Place(said), null),
            Unavailable => (null, said.Split('\n')[^1]),
            _ => throw new IOException($"the kernel could not be made ({code}): {said}"),
        };
    }

    // Their own words are on the other stream; the place is the last line of this one, and Tool gives both.
    private static string Place(string said) => said.Split('\n').Last(line => line.StartsWith('/'));

    private static string Script(string name) =>
        Path.Combine(typeof(BoardImage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "BoardScripts").Value!, name);
}
