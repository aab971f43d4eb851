using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Benchmarks;

/// <summary>What a limit's program is: it runs until it is told to stop.</summary>
/// <param name="arguments">Its own arguments.</param>
/// <param name="stop">SIGTERM or Ctrl+C.</param>
internal delegate Task LimitProgram(IReadOnlyList<string> arguments, CancellationToken stop);

/// <summary><c>[name…] [--quick] [--json FILE]</c>, or <c>limit NAME [argument…]</c>: a limit's program as a process of its own.</summary>
internal static class CommandLine
{
    public const string LimitVerb = "limit";

    /// <summary>Ends with 0 whatever was measured, 64 for what cannot be understood, 70 if a benchmark broke, 130 if it was interrupted.</summary>
    public static async Task<int> InvokeAsync(
        string[] args, IReadOnlyList<Benchmark> benchmarks, IReadOnlyDictionary<string, LimitProgram> limits, TextWriter output, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        // What was started has to be ended: by default a signal would leave brokers and agents behind.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            if (args is [LimitVerb, var name, .. var arguments] && limits.TryGetValue(name, out var limit))
            {
                await limit(arguments, stop.Token);
                return ExitCode.Ok;
            }

            var options = BenchmarkOptions.Parse(args, [.. benchmarks.Select(one => one.Name)]);
            if (typeof(CommandLine).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
                await error.WriteLineAsync("This is a debug build: its figures say nothing. Use dotnet run -c Release.");
            return await new Session(options, output, error, TimeProvider.System).RunAsync(benchmarks, stop.Token);
        }
        catch (FormatException e)
        {
            await error.WriteLineAsync($"{e.Message} Usage: {BenchmarkOptions.Usage}");
            await error.WriteLineAsync($"Names: {string.Join(' ', benchmarks.Select(one => one.Name))}");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}

/// <summary>How the program ends; those of sysexits.h where there are such.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Usage = 64;
    public const int Broken = 70;
    public const int Interrupted = 130;
}
