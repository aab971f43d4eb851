using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Benchmarks.Soak;

/// <summary>
/// The agent's own program, in a process that can be asked what is alive in it: at SIGUSR1 it collects everything, twice, and writes the bytes of what is left to a file.
/// So that the judge can be seen to judge, it can leak as well.
/// </summary>
internal static class HostedAgent
{
    public const string Name = "soak-agent";

    /// <summary>Names the file of the answers.</summary>
    public const string FileVariable = "SOAK_FIGURES";

    /// <summary>What <see cref="Leak"/> can be told.</summary>
    public const string LeakArgument = "--leak";

    /// <summary>SIGUSR1, which the runtime has no name for.</summary>
    public const int Signal = 10;

    private static readonly List<object> s_leaked = [];

    /// <param name="arguments">Perhaps <c>--leak</c>; then the agent's own.</param>
    /// <param name="stop">The agent hears the signals itself.</param>
    public static Task RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var file = Environment.GetEnvironmentVariable(FileVariable) ?? throw new FormatException($"{FileVariable} is not set.");
        var leaks = arguments is [LeakArgument, ..];
        string[] rest = [.. leaks ? arguments.Skip(1) : arguments];
        using var asked = PosixSignalRegistration.Create((PosixSignal)Signal, context =>
        {
            context.Cancel = true;
            if (leaks)
                Leak();
            Tell(file);
        });
        Environment.ExitCode = Assembly.Load("taximeter-agent").EntryPoint!.Invoke(null, [rest]) is int code ? code : 0;
        return Task.CompletedTask;
    }

    private static void Tell(string file)
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var heap = GC.GetTotalMemory(forceFullCollection: true);
        // In one step, so that nobody reads half of it.
        File.WriteAllText(file + ".new", heap.ToString(CultureInfo.InvariantCulture));
        File.Move(file + ".new", file, overwrite: true);
    }

    // Each time that it is asked it holds more, however fast the trips are: more than what may differ though nothing leaks.
    private static void Leak()
    {
        s_leaked.Add(new byte[1024 * 1024]);
        for (var i = 0; i < 20; i++)
            s_leaked.Add(File.OpenRead("/dev/null"));
        for (var i = 0; i < 5; i++)
        {
            var idle = new Thread(() => Thread.Sleep(Timeout.Infinite), 128 * 1024) { IsBackground = true };
            idle.Start();
            s_leaked.Add(idle);
        }
    }
}
