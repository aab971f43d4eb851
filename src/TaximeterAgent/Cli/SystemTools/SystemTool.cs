using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.SystemTools;

/// <summary>A program of the system, run with a list of arguments and never through a shell.</summary>
internal static class SystemTool
{
    /// <summary>The most that is read of what a program says, in lines; it is longer only if something is wrong.</summary>
    private const int LinesMaximum = 2_000;

    /// <summary>The most that is read of what a program gives, in bytes; it is longer only if something is wrong.</summary>
    private const int BytesMaximum = 256 * 1024;

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

    /// <summary>Gives a program bytes and takes those that it gives back: what must be no argument, where anybody could read it, goes this way.</summary>
    /// <param name="program">Its name, looked up on the path.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="stop">When it is over and the program is ended; a limit of time is the caller's.</param>
    /// <returns>What came of it, at most 256 KiB of it; null if there is no such program.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<(int ExitCode, byte[] Output, string Error)?> ConvertAsync(string program, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken stop)
    {
        using var process = Start(program, arguments);
        if (process is null)
            return null;
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, stop);
            var error = ReadAsync(process.StandardError.BaseStream, stop);
            await GiveAsync(process, input, stop);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, await output, Encoding.UTF8.GetString(await error).Trim());
        }
        finally
        {
            End(process);
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

    private static async Task GiveAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken stop)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, stop);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading; how it ended says why.
        }
    }

    // To the end, so that the program is not held up; what is too much is dropped.
    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken stop)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, stop) is > 0 and var length)
            kept.Write(buffer, 0, (int)Math.Min(length, BytesMaximum - kept.Length));
        return kept.ToArray();
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
        // Keys may stand in our variables, and other users may see those of another program.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith(EnvironmentSource.Prefix, StringComparison.Ordinal) || name == CredentialSource.Variable).ToList())
            start.Environment.Remove(name);
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
                process.Kill(entireProcessTree: true);
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
