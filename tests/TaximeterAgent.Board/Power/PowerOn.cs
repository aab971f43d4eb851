using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using TaximeterAgent.Board.Disk;
using TaximeterAgent.Board.Guest;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Board.Power;

/// <summary>
/// The board in the place of the agent's program: the simulator starts it as <c>… run --config FILE</c>, and its process becomes QEMU. So whoever kills "the agent" cuts the power,
/// and the next start is the next boot: from the disk as the cut left it.
/// </summary>
internal static partial class PowerOn
{
    public const string Verb = "power-on";

    /// <summary>How the agent's program is called so that it is a board.</summary>
    /// <param name="image">What it starts from.</param>
    /// <param name="seed">What the cuts are drawn from.</param>
    /// <param name="sabotage">What is broken on purpose; null for nothing.</param>
    public static IReadOnlyList<string> Command(BoardImage image, int seed, string? sabotage) =>
    [
        AgentCommand.DotnetHost(), typeof(PowerOn).Assembly.Location, Verb, image.Folder, image.OwnKernel ?? "", seed.ToString(CultureInfo.InvariantCulture), sabotage ?? "",
        Environment.GetEnvironmentVariable(BoardSwitches.AcceleratorVariable) is { Length: > 0 } accelerator ? accelerator : BoardSwitches.Emulated,
    ];

    /// <param name="args">What comes after the verb: image, own kernel, seed, sabotage, accelerator, and then as the agent is called.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var image = new BoardImage(args[0], args[1] is { Length: > 0 } kernel ? kernel : null);
        (int seed, string? sabotage, string accelerator) = (int.Parse(args[2], CultureInfo.InvariantCulture), args[3] is { Length: > 0 } broken ? broken : null, args[4]);
        IReadOnlyList<string> words = [.. args.Skip(5).SkipLast(2)];
        string configuration = args[^1];
        var places = new BoardPlaces(Path.GetDirectoryName(configuration)!);
        if (words is not ["run"])
            return await CommandAsync(places, words);

        Directory.CreateDirectory(places.Root);
        int life = LifeFacts.Read(places.Facts).Count + 1;
        (CutFacts? cut, int? repair, int? check) = (null, null, null);
        if (!File.Exists(places.Disk))
        {
            string half = places.Disk + ".half";
            await Tool.RunAsync("cp", "--sparse=always", image.Disk, half);
            await Sabotage.BreakAsync(sabotage, half);
            File.Move(half, places.Disk);
        }
        else if (File.Exists(places.Log))
        {
            cut = TakeCut(places, new Random(Mixed(seed, life)), sabotage == Sabotage.LyingDisk ? DiskKind.Lying : DiskKind.Honest);
            (repair, check) = await CheckedAsync(places);
        }

        await MakeOverlayAsync(places);
        await MakeConfigurationAsync(places, configuration);
        foreach (string socket in (string[])[places.Shell, places.Monitor])
            File.Delete(socket);
        var switches = BoardSwitches.FromEnvironment(accelerator, Environment.GetEnvironmentVariable);
        // Last: what a contact does from here on waits in its FIFO.
        var wires = Wires.Of(await File.ReadAllTextAsync(configuration), places.Contacts);
        IReadOnlyList<string> command = QemuCommand.Of(image, places, life, wires, switches, cut: sabotage == Sabotage.CutWire);
        LifeFacts.Append(places.Facts, new LifeFacts(life, TimeProvider.System.GetUtcNow(), cut, repair, check));
        Become(command);
        return 1;
    }

    /// <summary>A technician's command: run in the guest, as root.</summary>
    private static async Task<int> CommandAsync(BoardPlaces places, IReadOnlyList<string> words)
    {
        (int code, string output) = await new GuestShell(places.Shell).RunAsync("taximeter-agent " + string.Join(' ', words.Select(GuestShell.Quoted)), TimeSpan.FromSeconds(25));
        Console.Out.Write(output);
        return code;
    }

    private static CutFacts TakeCut(BoardPlaces places, Random random, DiskKind kind)
    {
        using FileStream log = File.OpenRead(places.Log);
        IReadOnlyList<LoggedWrite> writes = WriteLog.Read(log);
        Cut cut = Cut.Draw(writes, random, kind);
        using var disk = new FileStream(places.Disk, FileMode.Open, FileAccess.Write);
        cut.Apply(writes, log, disk);
        return cut.Facts(writes);
    }

    /// <summary>On a copy, which is then removed: the board's own disk is for the board to mend.</summary>
    private static async Task<(int Repair, int Check)> CheckedAsync(BoardPlaces places)
    {
        string copy = Path.Combine(places.Root, "copy.img");
        try
        {
            await Tool.RunAsync("cp", "--sparse=always", places.Disk, copy);
            (int repair, string repaired) = await Tool.TryAsync("e2fsck", "-p", copy);
            (int check, string found) = await Tool.TryAsync("e2fsck", "-fn", copy);
            Console.Out.WriteLine($"e2fsck -p {repair}: {repaired}");
            if (check != 0)
                Console.Out.WriteLine($"e2fsck -fn {check}: {found}");
            return (repair, check);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static async Task MakeOverlayAsync(BoardPlaces places)
    {
        File.Delete(places.Overlay);
        await Tool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", "-b", places.Disk, "-F", "raw", places.Overlay);
        await File.WriteAllBytesAsync(places.Log, []);
    }

    private static async Task MakeConfigurationAsync(BoardPlaces places, string configuration)
    {
        string authority = Environment.GetEnvironmentVariable("SSL_CERT_FILE") ?? throw new InvalidOperationException("a board's service is reached over TLS: SSL_CERT_FILE names its authority");
        string folder = Directory.CreateTempSubdirectory("taximeter-board-").FullName;
        try
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            GuestConfiguration.Write(await File.ReadAllTextAsync(configuration), authority, folder);
            File.Delete(places.Configuration);
            await Tool.RunAsync("mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-d", folder, places.Configuration, "1M");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // HashCode.Combine differs from process to process.
    private static int Mixed(int seed, int life) => unchecked((seed * 1_000_003) + life);

    /// <summary>Replaces this process by QEMU: it keeps the id by which it is killed.</summary>
    private static void Become(IReadOnlyList<string> command)
    {
        string?[] words = [.. command, null];
        _ = execvp(command[0], words);
        throw new Win32Exception(Marshal.GetLastPInvokeError(), command[0] + " cannot be started");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int execvp(string file, string?[] arguments);
}
