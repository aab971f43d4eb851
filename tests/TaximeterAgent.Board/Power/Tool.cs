using System.Diagnostics;

namespace TaximeterAgent.Board.Power;

/// <summary>A tool of Debian's that ends by itself. In our process group: a board that is killed while it is made ready leaves none behind.</summary>
internal static class Tool
{
    /// <summary>How it ended and all that it said.</summary>
    public static async Task<(int Code, string Said)> TryAsync(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        string said = await output + errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim());
    }

    /// <exception cref="IOException">It did not end with 0.</exception>
    public static async Task<string> RunAsync(params string[] command)
    {
        (int code, string said) = await TryAsync(command);
        return code == 0 ? said : throw new IOException($"'{string.Join(' ', command)}' ended with {code}: {said}");
    }
}
