using System.Diagnostics;
using System.Globalization;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.PowerCuts.Recording;

/// <summary>How a life of the store ends.</summary>
internal enum LifeEnd
{
    /// <summary>Closed in good order.</summary>
    Closed,

    /// <summary>The process ends without closing.</summary>
    Left,

    /// <summary>SIGKILL as it enters a sync: everything is written, nothing is certain.</summary>
    Killed,
}

/// <summary>One start of the store in a process of its own.</summary>
/// <param name="Seed">Of the plan.</param>
/// <param name="LastStep">The step after which it ends; it begins after the one whose content it finds.</param>
/// <param name="End">How it ends.</param>
/// <param name="KillAtSync">Which sync it does not live to see; only for <see cref="LifeEnd.Killed"/>.</param>
/// <param name="NewSchema">Opened by an agent that knows a schema more.</param>
/// <param name="Wrap">What stands between workload and store; empty for nothing.</param>
/// <param name="Store">What keeps the outbox.</param>
/// <param name="Full">The disk is full again and again: see <see cref="FullDisk"/>.</param>
internal sealed record Life(int Seed, int LastStep, LifeEnd End, int KillAtSync = 0, bool NewSchema = false, string Wrap = "", OutboxStore Store = OutboxStore.Sqlite, bool Full = false);

/// <summary>Runs the workload under strace and writes down what it did to its directory.</summary>
internal static class Recorder
{
    private const string LongestString = "1048576";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs one life in <paramref name="root"/>, as it stands.</summary>
    /// <exception cref="InvalidDataException">The process failed, or did what the model does not know.</exception>
    public static async Task<List<FileOperation>> RecordAsync(string root, Life life)
    {
        var trace = root + ".trace";
        var markers = root + ".markers";
        var existing = Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Select(path => path[(root.Length + 1)..]).ToList();
        string[] command = ["strace", .. Words(root, trace, markers, life)];
        if (life.Full)
            command = [.. FullDisk.Within(root), .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Nothing else that the runtime does shall be seen.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using (var process = Process.Start(start) ?? throw new InvalidDataException("strace cannot be started."))
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var limit = new CancellationTokenSource(s_patience);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new InvalidDataException("The workload did not end.");
            }

            // strace ends as its child did.
            var killed = process.ExitCode == 128 + 9;
            if (process.ExitCode != 0 && !(killed && life.End == LifeEnd.Killed))
                throw new InvalidDataException($"The workload failed with {process.ExitCode}: {await output}{await errors}");
        }

        var operations = new StraceReader(root, markers).Read(File.ReadLines(trace), existing);
        File.Delete(trace);
        File.Delete(markers);
        return operations;
    }

    private static IEnumerable<string> Words(string root, string trace, string markers, Life life)
    {
        yield return "-f";
        yield return "--seccomp-bpf";
        yield return "-y";
        yield return "-xx";
        yield return "-s";
        yield return LongestString;
        yield return "-o";
        yield return trace;
        yield return "-e";
        yield return StraceReader.Calls;
        if (life.End == LifeEnd.Killed)
        {
            yield return "-e";
            // Where each write goes through to the disk there is no sync to be killed at: it is killed on entering a write. Two of three are the workload's own words.
            yield return life.Store == OutboxStore.LiteDb
                ? string.Create(CultureInfo.InvariantCulture, $"inject=pwrite64:signal=KILL:when={3 * life.KillAtSync}")
                : string.Create(CultureInfo.InvariantCulture, $"inject=fdatasync:signal=KILL:when={life.KillAtSync}");
        }

        yield return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        yield return "exec";
        yield return typeof(Recorder).Assembly.Location;
        foreach (var word in WorkloadProcess.Arguments(root, markers, life))
            yield return word;
    }
}
