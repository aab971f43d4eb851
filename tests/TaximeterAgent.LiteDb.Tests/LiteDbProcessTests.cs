using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What only shows from outside: writes through to the disk, system calls that fail, a full disk, and SIGKILL.</summary>
public sealed class LiteDbProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Outbox => _directory.At("outbox");

    private string Log => Path.Combine(Outbox, "outbox.litedb-log");

    private string Data => Path.Combine(Outbox, "outbox.litedb");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_log_is_open_write_through_and_a_synced_commit_is_one_write_to_it()
    {
        var (few, many) = (Calls(2, sync: true), Calls(10, sync: true));
        Assert.Contains(few, call => call.Contains("openat", StringComparison.Ordinal) && call.Contains("-log\"", StringComparison.Ordinal) && call.Contains("O_SYNC", StringComparison.Ordinal));
        Assert.Equal(8, Count(many, "pwrite64", Log) - Count(few, "pwrite64", Log));
        Assert.Equal(Count(few, "fdatasync", Log) + Count(few, "fsync", Log), Count(many, "fdatasync", Log) + Count(many, "fsync", Log));
    }

    [Fact]
    public void An_unsynced_commit_writes_nothing_by_itself()
    {
        var (few, many) = (Calls(2, sync: false), Calls(10, sync: false));
        Assert.Equal(0, Count(many, "pwrite64", Log) - Count(few, "pwrite64", Log));
    }

    [Fact]
    public void The_data_file_is_synced_before_the_log_is_emptied()
    {
        var calls = Calls(3, sync: true);
        var emptied = calls.FindLastIndex(call => call.Contains("ftruncate", StringComparison.Ordinal) && call.Contains(Log, StringComparison.Ordinal));
        var synced = calls.FindLastIndex(emptied, call => call.Contains("fsync(", StringComparison.Ordinal) && call.Contains($"{Data}>", StringComparison.Ordinal));
        var written = calls.FindLastIndex(emptied, call => call.Contains("pwrite64", StringComparison.Ordinal) && call.Contains($"{Data}>", StringComparison.Ordinal));
        Assert.True(written >= 0 && written < synced && synced < emptied, $"{written} {synced} {emptied}");
    }

    [Fact]
    public void After_a_failed_write_the_outbox_is_not_used_further()
    {
        OutboxProcess.Commit(Outbox, 1, sync: true);
        var results = OutboxProcess.Commit(Outbox, 4, true, "-f", "-o", "/dev/null", "-P", Log, "-e", "trace=pwrite64", "-e", "inject=pwrite64:error=EIO:when=2");
        Assert.Equal(["stored", "failed", "failed", "failed"], results.Select(line => line.Split(' ')[0]));
        Assert.Equal(2, Stored());
    }

    [Fact]
    public void Without_room_nothing_of_the_batch_is_stored_and_the_next_one_is()
    {
        OutboxProcess.Commit(Outbox, 1, sync: true);
        // The first call takes too much at once, and is tried again with less.
        var results = OutboxProcess.Commit(Outbox, 4, true, "-f", "-o", "/dev/null", "-P", Log, "-e", "trace=fallocate", "-e", "inject=fallocate:error=ENOSPC:when=1..2");
        Assert.Equal(["full", "stored", "stored", "stored"], results.Select(line => line.Split(' ')[0]));
        Assert.Equal(1 + 3, Stored());
    }

    [Fact]
    public async Task What_was_committed_before_SIGKILL_is_there()
    {
        for (var round = 1; round <= 3; round++)
        {
            using var process = OutboxProcess.Start(Outbox, 100_000, sync: true);
            var last = 0L;
            for (var line = 0; line < 25 * round; line++)
                last = long.Parse((await process.StandardOutput.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
            process.Kill();
            await process.WaitForExitAsync();
            using var outbox = OutboxStores.Open(OutboxStore.LiteDb, Outbox, TimeProvider.System);
            var keys = outbox.LoadOpen().Select(trip => trip.Key).ToList();
            Assert.True(keys.Count >= last);
            Assert.Equal(Enumerable.Range(1, keys.Count).Select(key => (long)key), keys);
        }
    }

    [Fact]
    public async Task A_second_agent_is_refused_and_a_copy_can_be_read_meanwhile()
    {
        using var process = OutboxProcess.Start(Outbox, 100_000, sync: true);
        await process.StandardOutput.ReadLineAsync();
        Assert.Contains($"process {process.Id}", Assert.Throws<OutboxUnusableException>(() => OutboxStores.Open(OutboxStore.LiteDb, Outbox, TimeProvider.System)).Message, StringComparison.Ordinal);
        using (var copy = OutboxCopy.Make(Outbox, TimeProvider.System, CancellationToken.None))
            Assert.NotEmpty(copy.Reader.List());
        process.Kill();
        await process.WaitForExitAsync();
    }

    [Fact]
    public void On_a_full_disk_the_reserve_is_used_and_what_was_stored_is_there()
    {
        var kept = _directory.At("kept");
        var lines = OutboxProcess.OnSmallDisk(
            """
            outbox 1 4194304
            fill
            outbox 60 4194304
            """,
            "24m", _directory.At("disk"), kept);
        var stored = lines.Count(line => line.StartsWith("stored", StringComparison.Ordinal));
        Assert.True(stored > 1, string.Join('\n', lines));
        Assert.DoesNotContain("failed", lines);
        using var outbox = OutboxStores.Open(OutboxStore.LiteDb, kept, TimeProvider.System);
        Assert.Equal(stored, outbox.LoadOpen().Count);
    }

    private List<string> Calls(int commits, bool sync)
    {
        Directory.CreateDirectory(Outbox);
        OutboxProcess.Commit(Outbox, 1, sync: true);
        var trace = _directory.At("trace");
        OutboxProcess.Commit(Outbox, commits, sync, "-f", "-y", "-o", trace, "-e", "trace=openat,pwrite64,fsync,fdatasync,ftruncate");
        return [.. File.ReadAllLines(trace).Where(line => line.Contains(Outbox, StringComparison.Ordinal))];
    }

    private static int Count(List<string> calls, string name, string file) =>
        calls.Count(call => call.Contains($"{name}(", StringComparison.Ordinal) && call.Contains($"<{file}>", StringComparison.Ordinal));

    private int Stored()
    {
        using var outbox = OutboxStores.Open(OutboxStore.LiteDb, Outbox, TimeProvider.System);
        var open = outbox.LoadOpen();
        Assert.All(open, trip => Assert.Single(trip.Operations));
        return open.Count;
    }
}
