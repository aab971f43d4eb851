using System.CommandLine;

namespace TaximeterAgent.Cli.Control;

/// <summary>What changes something asks first, or is given <c>--yes</c>.</summary>
internal static class Consent
{
    public static Option<bool> Yes() => new("--yes") { Description = "Does not ask." };

    /// <summary>Returns once the person has agreed.</summary>
    /// <param name="given">True if <c>--yes</c> was given: nothing is asked.</param>
    /// <param name="command">The command, as it was called.</param>
    /// <param name="question">What will happen, ending in a question; several lines are allowed. Only made when it is asked.</param>
    /// <param name="report">The question goes to its error stream.</param>
    /// <param name="stop">Ctrl+C.</param>
    /// <exception cref="CommandFailedException">
    /// The person said no (<see cref="ExitCode.Declined"/>) or pressed Ctrl+C (<see cref="ExitCode.Interrupted"/>), or there is nobody to ask (<see cref="ExitCode.Usage"/>).
    /// </exception>
    public static async Task RequireAsync(bool given, string command, Func<Task<string>> question, Report report, CancellationToken stop)
    {
        if (given)
            return;
        if (Console.IsInputRedirected)
            throw new CommandFailedException(ExitCode.Usage, $"{command} asks first, and there is no terminal to ask at; give --yes");
        await report.Error.WriteAsync($"{await question()} [y/N] ");
        string? answer;
        try
        {
            answer = await ReadLineAsync().WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            await report.Error.WriteLineAsync();
            throw new CommandFailedException(ExitCode.Interrupted, "nothing was done");
        }

        if (answer?.Trim() is not ("y" or "Y" or "yes"))
            throw new CommandFailedException(ExitCode.Declined, "nothing was done");
    }

    // The console's reader waits on the thread that calls it, whatever its name says. On one of its own, so that Ctrl+C is heard before the next line.
    private static Task<string?> ReadLineAsync()
    {
        var line = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(Read) { IsBackground = true, Name = "question" }.Start();
        return line.Task;

        void Read()
        {
            try
            {
                line.SetResult(Console.In.ReadLine());
            }
            catch (IOException e)
            {
                line.SetException(e);
            }
        }
    }
}
