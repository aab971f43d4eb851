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
    private const int Interrupted = 130;

    public static async Task<int> StartAsync(IReadOnlyList<string> args)
    {
        try
        {
            Options options = Options.Parse(args);
            IReadOnlyList<string> scenarios = BoardScenarios.Chosen(options.Scenarios);
            if (Missing() is { } missing)
            {
                Console.WriteLine($"SKIP board: {missing}");
                return Unavailable;
            }

            using IDisposable ending = OwnBoards.EndWithUs();
            var image = new BoardImage(options.Image ?? await BoardImage.MakeAsync());
            BoardImage? withGpio = await WithGpioAsync(image, options, scenarios);
            if (options.Kernel == KernelKind.Own && withGpio is null)
                return Unavailable;
            if (options.Kernel == KernelKind.Own)
                image = withGpio!;
            var tally = new Tally();
            bool clean = await BoardScenarios.RunAsync([.. scenarios.Where(name => !BoardScenarios.NeedsOwnKernel(name))], image, options, tally, Console.Out)
                && (withGpio is null || await BoardScenarios.RunAsync([.. scenarios.Where(BoardScenarios.NeedsOwnKernel)], withGpio, options, tally, Console.Out));
            if (clean && options.Starts > 0)
                await new StartMeasure(image, options, tally, Console.Out).RunAsync();
            clean = clean && await new Campaign(image, options, tally, Console.Out).RunAsync();
            if (options.Cuts > 0)
                Console.WriteLine(tally.Disk);
            Console.WriteLine(tally);
            // Of a run that found nothing, nothing is left.
            if (Directory.Exists(options.Keep) && !Directory.EnumerateFileSystemEntries(options.Keep).Any())
                Directory.Delete(options.Keep);
            return OwnBoards.EndedByHand ? Interrupted : clean ? Fine : Failed;
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

    /// <summary>The image with the own kernel, which is made if it is wanted; null, and a word why, if not.</summary>
    private static async Task<BoardImage?> WithGpioAsync(BoardImage image, Options options, IReadOnlyList<string> scenarios)
    {
        string? why = options.Kernel == KernelKind.Debian ? "Debian's kernel has no gpio-sim"
            : options.Kernel is null && !scenarios.Any(BoardScenarios.NeedsOwnKernel) ? "no scenario of it is played, and no kernel is made for it"
            : null;
        string? kernel = null;
        if (why is null)
            (kernel, why) = await BoardImage.MakeKernelAsync();
        if (why is not null)
            Console.WriteLine($"SKIP gpio: {why}");
        return kernel is null ? null : image with { OwnKernel = kernel };
    }
}
