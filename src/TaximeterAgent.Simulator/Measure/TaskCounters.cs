using System.Globalization;

namespace TaximeterAgent.Simulator.Measure;

/// <summary>What the kernel counts of a process, thread by thread.</summary>
/// <param name="Switches">Voluntary context switches by thread: how often each was woken.</param>
/// <param name="Names">The threads' names.</param>
/// <param name="Processor">Processor time of the whole process.</param>
internal sealed record TaskCounters(IReadOnlyDictionary<int, long> Switches, IReadOnlyDictionary<int, string> Names, TimeSpan Processor)
{
    /// <summary>Clock ticks of /proc are hundredths of a second on every Linux that .NET runs on.</summary>
    private const int TicksPerSecond = 100;

    private const string SwitchesLine = "voluntary_ctxt_switches:";
    private const int UserTime = 11;
    private const int SystemTime = 12;

    public static TaskCounters Of(int process)
    {
        var switches = new Dictionary<int, long>();
        var names = new Dictionary<int, string>();
        foreach (string task in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            int id = int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture);
            try
            {
                string line = File.ReadLines(Path.Combine(task, "status")).First(text => text.StartsWith(SwitchesLine, StringComparison.Ordinal));
                switches[id] = long.Parse(line.AsSpan(SwitchesLine.Length).Trim(), CultureInfo.InvariantCulture);
                names[id] = File.ReadAllText(Path.Combine(task, "comm")).Trim();
            }
            catch (IOException)
            {
                // The thread has ended in the meantime.
            }
        }

        // The fields after the name, which stands in brackets and may hold anything.
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture);
        return new TaskCounters(switches, names, TimeSpan.FromSeconds(ticks / (double)TicksPerSecond));
    }

    /// <summary>Threads that were woken since an earlier count, the busiest first. One that began since then counts from its beginning.</summary>
    public IReadOnlyList<(string Name, int Task, long Count)> Since(TaskCounters earlier) =>
    [
        .. Switches.Select(task => (Name: Names[task.Key], Task: task.Key, Count: task.Value - earlier.Switches.GetValueOrDefault(task.Key)))
            .Where(task => task.Count > 0)
            .OrderByDescending(task => task.Count),
    ];
}
