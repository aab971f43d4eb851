using System.Reflection;
using TaximeterAgent.Board.Judging;
using TaximeterAgent.Board.Power;
using TaximeterAgent.Board.Scenarios;

namespace TaximeterAgent.Board;

/// <summary>The command line.</summary>
internal static class Run
{
    private const int Fine = 0;
    private const int Failed = 1;
    private const int Usage = 64;
    private const int Unavailable = 69;

    public static async Task<int> StartAsync(IReadOnlyList<string> args)
    {
        try
        {
            Options options = Options.Parse(args);
            if (options.Sabotage is not (null or "lying-disk" or "no-lcd"))
                throw new FormatException($"There is no sabotage {options.Sabotage}.");
            IReadOnlyList<string> scenarios = BoardScenarios.Chosen(options.Scenarios);
            if (Missing() is { } missing)
            {
                Console.WriteLine($"SKIP board: {missing}");
                return Unavailable;
            }

            using IDisposable ending = OwnBoards.EndWithUs();
            string image = options.Image ?? await ImageAsync();
            var tally = new Tally();
            bool clean = await BoardScenarios.RunAsync(scenarios, image, options, tally, Console.Out);
            if (clean && options.Starts > 0)
                await new StartMeasure(image, options, tally, Console.Out).RunAsync();
            clean = clean && await new Campaign(image, options, tally, Console.Out).RunAsync();
            if (options.Cuts > 0)
                Console.WriteLine(tally.Disk);
            Console.WriteLine(tally);
            // Of a run that found nothing, nothing is left.
            if (Directory.Exists(options.Keep) && !Directory.EnumerateFileSystemEntries(options.Keep).Any())
                Directory.Delete(options.Keep);
            return clean ? Fine : Failed;
        }
        catch (FormatException error)
        {
            await Console.Error.WriteLineAsync($"{error.Message} Usage: {Options.Usage}");
            return Usage;
        }
    }

    private static string? Missing() => Environment.UserName != "root" ? "it wants root, who makes the image"
        : ((string[])[QemuCommand.Program, "qemu-img", "mke2fs", "e2fsck", "mmdebstrap"]).FirstOrDefault(tool => !IsOnPath(tool)) is { } tool
            ? $"there is no {tool} here (Debian: qemu-system-x86 qemu-utils e2fsprogs mmdebstrap cpio kmod)"
            : null;

    private static bool IsOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, tool)));

    private static async Task<string> ImageAsync()
    {
        string scripts = typeof(Run).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "BoardScripts").Value!;
        string said = await Tool.RunAsync(Path.Combine(scripts, "image.sh"));
        // Its own words are on the other stream; the folder is the last line of this one, and Tool gives both.
        return said.Split('\n').Last(line => line.StartsWith('/'));
    }
}
