using System.ComponentModel;
using System.Diagnostics;

namespace TaximeterAgent.Cli.SystemTools;

/// <summary>A program of the system, run with a list of arguments and never through a shell.</summary>
internal static class SystemTool
{
    /// <summary>The most that is read of what a program says, in lines; it is longer only if something is wrong.</summary>
    private const int LinesMaximum = 2_000;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name, looked up on the path.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="patience">How long it may take; then it is ended.</param>
    /// <param name="stop">Ctrl+C.</param>
    /// <returns>What came of it; null if there is no such program.</returns>
    public static async Task<ToolResult?> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan patience, CancellationToken stop)
    {
        var output = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            return await StreamAsync(program, arguments, Take, limit.Token) is { } end ? new ToolResult(end.ExitCode, output, end.Error) : null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ToolResult(null, output, $"{program} did not answer within {patience.TotalSeconds:0} seconds");
        }

        Task Take(string line)
        {
            if (output.Count < LinesMaximum)
                output.Add(line);
            return Task.CompletedTask;
        }
    }

    /// <summary>Runs a program and hands on its lines as they come. It is ended when that is cancelled, and when a line cannot be handed on.</summary>
    /// <returns>How it ended; null if there is no such program.</returns>
    public static async Task<(int ExitCode, string Error)?> StreamAsync(string program, IReadOnlyList<string> arguments, Func<string, Task> line, CancellationToken stop)
    {
        using var process = Start(program, arguments);
        if (process is null)
            return null;
        try
        {
            process.StandardInput.Close();
            // Beside the other, so that neither pipe runs full.
            var error = process.StandardError.ReadToEndAsync(stop);
            while (await process.StandardOutput.ReadLineAsync(stop) is { } said)
                await line(said);
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, (await error).Trim());
        }
        finally
        {
            End(process);
        }
    }

    private static Process? Start(string program, IReadOnlyList<string> arguments)
    {
        if (Find(program) is not { } path)
            return null;
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // What is read by a program is not translated, coloured or held up by a pager.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["SYSTEMD_COLORS"] = "0";
        start.Environment["SYSTEMD_PAGER"] = "";
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null; // not there, or not for this user
        }
    }

    // By itself .NET looks in the directory that a person happens to be in first, where anybody may have put a program of this name.
    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Where(Path.IsPathFullyQualified)
        .Select(directory => Path.Combine(directory, program))
        .FirstOrDefault(File.Exists);

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has just ended by itself.
        }
    }
}

/// <summary>What came of a program.</summary>
/// <param name="ExitCode">Null if it took too long and was ended.</param>
/// <param name="Output">Its lines.</param>
/// <param name="Error">What it said on its error stream.</param>
internal sealed record ToolResult(int? ExitCode, IReadOnlyList<string> Output, string Error);
