using System.Runtime.InteropServices;
using Spectre.Console;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Drive;

/// <summary><c>drive</c>, and what happens without arguments on a terminal: the car, until the person leaves it.</summary>
internal static class DriveCommand
{
    // A person who presses Ctrl-C, closes the window or stops the job leaves the car like one who presses q.
    private static readonly PosixSignal[] Leaving = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    /// <param name="agent">How the agent is called.</param>
    /// <param name="keep">Where the car's files are kept; null: they are removed.</param>
    /// <param name="output">What is said when the terminal has been given back.</param>
    /// <exception cref="IOException">The car cannot be made.</exception>
    public static async Task RunAsync(IReadOnlyList<string> agent, string? keep, TextWriter output)
    {
        using var stop = new CancellationTokenSource();
        using var terminal = new StandardTerminal();
        List<PosixSignalRegistration> signals = [.. Leaving.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.Cancel();
            terminal.Wake();
        }))];
        DrivenCar? running = null;
        // Nobody's mistake on whatever thread leaves the terminal without echo, or an agent behind.
        UnhandledExceptionEventHandler restore = (_, _) =>
        {
            terminal.Leave();
            running?.CutPower();
        };
        AppDomain.CurrentDomain.UnhandledException += restore;
        try
        {
            await using DrivenCar car = await DrivenCar.CreateAsync(agent, keep, TimeProvider.System);
            running = car;
            var session = new DriveSession(car, terminal, Colors(), TimeProvider.System);
            signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => terminal.Wake()));
            signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => session.Again()));
            await session.RunAsync(stop.Token);
            foreach (Violation violation in car.Violations)
                await output.WriteLineAsync($"the agent broke a rule: {violation.Rule}: {violation.Detail}");
            if (keep is not null)
                await output.WriteLineAsync($"kept: {car.Folder}");
        }
        finally
        {
            AppDomain.CurrentDomain.UnhandledException -= restore;
            foreach (PosixSignalRegistration signal in signals)
                signal.Dispose();
        }
    }

    /// <summary>As many colours as the terminal says that it has; none if nobody wants any.</summary>
    private static ColorSystemSupport Colors()
    {
        if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 })
            return ColorSystemSupport.NoColors;
        string kind = Environment.GetEnvironmentVariable("TERM") ?? "";
        return kind.Contains("256", StringComparison.Ordinal) ? ColorSystemSupport.EightBit : ColorSystemSupport.Standard;
    }
}
