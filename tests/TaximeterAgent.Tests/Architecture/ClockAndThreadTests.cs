using System.Text.RegularExpressions;

namespace TaximeterAgent.Tests.Architecture;

/// <summary>
/// What the deterministic simulation runs sees time only through TimeProvider, ids only through their source, and has no thread, channel or semaphore of its own.
/// </summary>
public sealed partial class ClockAndThreadTests
{
    private static readonly string[] s_pure = ["TaximeterAgent.Core", "TaximeterAgent.EPayment", "TaximeterAgent/Sync", "TaximeterAgent/Driver/Screens", "TaximeterAgent/Meter/Tfp"];

    [Fact]
    public void What_is_simulated_has_no_clock_no_thread_and_no_ids_of_its_own()
    {
        var files = s_pure.SelectMany(folder => Source.Files(folder.Split('/'))).Append(Path.Combine(Source.Root, "src", "TaximeterAgent", "Driver", "DriverDesk.cs")).ToList();
        Assert.True(files.Count > 60, $"only {files.Count} files found");
        Assert.Empty(files.SelectMany(Offences));
    }

    [Fact]
    public void Nothing_anywhere_reads_the_wall_clock_past_TimeProvider_or_starts_work_behind_the_engine() =>
        Assert.Empty(Source.Files("TaximeterAgent").SelectMany(file => Matches(file, WallClock())));

    [Theory]
    [InlineData("var now = DateTime.Now;")]
    [InlineData("var now = DateTimeOffset.UtcNow;")]
    [InlineData("Task.Run(Work);")]
    [InlineData("Thread.Sleep(10);")]
    [InlineData("private readonly SemaphoreSlim _gate = new(1);")]
    [InlineData("Channel.CreateBounded<int>(1)")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("private static int s_count;")]
    public void An_offence_would_be_found(string line) => Assert.Matches(Forbidden(), line);

    [Theory]
    [InlineData("private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);")]
    [InlineData("public static TimeSpan Zero() => TimeSpan.Zero;")]
    [InlineData("private static int Count(int of) => of;")]
    public void What_is_allowed_is_not_found(string line) => Assert.DoesNotMatch(Forbidden(), line);

    // RandomIds is the one source of ids and chance outside of a simulation.
    private static IEnumerable<string> Offences(string file) => Path.GetFileName(file) == "RandomIds.cs" ? [] : Matches(file, Forbidden());

    private static IEnumerable<string> Matches(string file, Regex forbidden) => File.ReadLines(file)
        .Select((line, index) => (Line: line.Split("//")[0], Number: index + 1))
        .Where(line => forbidden.IsMatch(line.Line))
        .Select(line => $"{Path.GetRelativePath(Source.Root, file)}:{line.Number}: {line.Line.Trim()}");

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b|\bTask\.(Run|Delay)\b|\bThread\b|\bThreadPool\b|\bSemaphoreSlim\b|\bChannel\b|\bSynchronizationContext\b|\bGuid\.NewGuid\b|\bRandom\b|\bStopwatch\b|\bEnvironment\.TickCount|^\s*(private|internal|public)?\s*static (?!readonly|partial|class)[\w<>?\[\],. ]+ \w+\s*(;|= )")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b|\bTask\.Run\b|\bThread\.Sleep\b")]
    private static partial Regex WallClock();
}
