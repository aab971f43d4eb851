using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>
/// An outbox in a process of its own, so that it can be watched by strace, be killed, and be lied to by a system call. The process is this assembly, started
/// with a variable set: a test run never has it.
/// </summary>
internal static class OutboxProcess
{
    public const string Variable = "TAXIMETER_TESTS_OUTBOX";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Commits <paramref name="count"/> fares and answers what became of each: <c>stored</c>, <c>full</c> or <c>failed</c>.</summary>
    public static string[] Commit(string directory, int count, bool sync, params string[] strace)
    {
        using var process = Start(directory, count, sync, strace);
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(process.WaitForExit(s_patience), "The process did not end.");
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return lines;
    }

    /// <summary>Starts it and leaves it running; it writes a line after each commit.</summary>
    public static Process Start(string directory, int count, bool sync, params string[] strace)
    {
        var start = new ProcessStartInfo(strace.Length > 0 ? "strace" : Dotnet) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in strace)
            start.ArgumentList.Add(word);
        if (strace.Length > 0)
            start.ArgumentList.Add(Dotnet);
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(OutboxProcess).Assembly.Location);
        start.Environment[Variable] = string.Create(CultureInfo.InvariantCulture, $"{count} {(sync ? "sync" : "nosync")} 0 {directory}");
        // Nothing else that the host does shall be seen by strace.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>
    /// Runs a script with a disk of its own, a small tmpfs in a mount namespace, as <c>$disk</c>. In it <c>outbox COUNT RESERVE</c> commits fares as <see cref="Commit"/> does, in
    /// <c>$disk/outbox</c>, <c>fill</c> takes all the room that is left, as another program does, and what is in the outbox at the end is copied to <paramref name="kept"/>.
    /// </summary>
    /// <returns>What it said, line by line.</returns>
    public static string[] OnSmallDisk(string script, string size, string mountPoint, string kept)
    {
        Directory.CreateDirectory(mountPoint);
        var start = new ProcessStartInfo("unshare") { RedirectStandardOutput = true, RedirectStandardError = true };
        const string functions = """
            set -u
            outbox() { env TAXIMETER_TESTS_OUTBOX="$1 sync $2 $disk/outbox" "$dotnet" exec "$tests"; }
            fill() { cat /dev/zero >"$disk/log" 2>/dev/null; :; }
            mount -t tmpfs -o "size=$size" tmpfs "$disk"
            """;
        foreach (var word in (string[])["--mount", "--", "sh", "-c", $"{functions}\n{script}\ncp -a \"$disk/outbox\" \"$kept\""])
            start.ArgumentList.Add(word);
        foreach (var (name, value) in ((string, string)[])[("disk", mountPoint), ("size", size), ("kept", kept), ("dotnet", Dotnet), ("tests", typeof(OutboxProcess).Assembly.Location)])
            start.Environment[name] = value;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(process.WaitForExit(s_patience), "The script did not end.");
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
        return lines;
    }

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(' ', 4) is not [var count, var sync, var reserve, var directory])
            return;
        Run(directory, int.Parse(count, CultureInfo.InvariantCulture), sync == "sync", long.Parse(reserve, CultureInfo.InvariantCulture));
        Environment.Exit(0);
    }

    private static void Run(string directory, int count, bool sync, long reserve)
    {
        // Of the tests of LiteDB this is a part too: there it is built in.
        var store = OutboxStores.IsBuiltIn(OutboxStore.LiteDb) ? OutboxStore.LiteDb : OutboxStore.Sqlite;
        using var outbox = OutboxStores.Open(store, directory, TimeProvider.System, reserve);
        for (var i = 0; i < count; i++)
        {
            try
            {
                var key = outbox.NextKey();
                outbox.Commit(Examples.FareBatch(key, (int)key, sync));
                outbox.Tend();
                Console.WriteLine($"stored {key}");
            }
            catch (OutboxFullException)
            {
                Console.WriteLine("full");
            }
            catch (OutboxFailedException)
            {
                Console.WriteLine("failed");
            }
        }
    }
}
