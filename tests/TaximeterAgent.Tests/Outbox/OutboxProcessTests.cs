using System.Globalization;
using System.Text.RegularExpressions;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What only shows from outside: syncs, system calls that fail, and SIGKILL.</summary>
public sealed partial class OutboxProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Outbox => _directory.At("outbox");

    private string Journal => Path.Combine(Outbox, "outbox.journal");

    private string Wal => Path.Combine(Outbox, "outbox.db-wal");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_synced_commit_costs_one_sync()
    {
        // The difference takes away what opening and closing costs; few enough commits for no checkpoint.
        OutboxProcess.Commit(Outbox, 1, sync: true);
        var few = CountSyncs(2, sync: true);
        var many = CountSyncs(10, sync: true);
        Assert.Equal(8, many - few);
    }

    [Fact]
    public void An_unsynced_commit_costs_no_sync()
    {
        OutboxProcess.Commit(Outbox, 1, sync: true);
        var few = CountSyncs(2, sync: false);
        var many = CountSyncs(10, sync: false);
        Assert.Equal(0, many - few);
    }

    [Fact]
    public void A_new_outbox_is_synced_before_it_gets_its_name_and_its_name_after()
    {
        var trace = _directory.At("trace");
        OutboxProcess.Commit(Outbox, 1, true, "-f", "-y", "-o", trace, "-e", "trace=fsync,fdatasync,rename,renameat,renameat2");
        var calls = File.ReadAllLines(trace).Where(line => line.Contains(Outbox, StringComparison.Ordinal)).ToList();
        var renamed = calls.FindIndex(line => line.Contains("rename", StringComparison.Ordinal) && line.Contains("outbox.db.new", StringComparison.Ordinal));
        Assert.Contains("outbox.db.new>", calls[..renamed].Last(line => !line.Contains("journal", StringComparison.Ordinal) && line.Contains("outbox.db", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"fsync({Descriptor().Match(calls[renamed + 1]).Value}<{Outbox}>)", calls[renamed + 1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_stores_nothing_of_the_batch_and_the_next_one_is_stored()
    {
        OutboxProcess.Commit(Outbox, 1, sync: true);

        var results = OutboxProcess.Commit(Outbox, 4, true, [.. Lie(Journal, "pwrite64:error=ENOSPC:when=2")]);

        Assert.Equal(["stored", "full", "stored", "stored"], results.Select(line => line.Split(' ')[0]));
        Assert.Equal(1 + 3, Stored());
    }

    [Theory]
    [InlineData("fdatasync:error=EIO:when=2")]
    [InlineData("fdatasync:error=ENOSPC:when=2")]
    [InlineData("pwrite64:error=EIO:when=2")]
    public void After_a_failed_write_or_sync_the_outbox_is_not_used_further(string lie)
    {
        OutboxProcess.Commit(Outbox, 1, sync: true);

        // The call fails once only: whoever tried again would be told that all is well.
        var results = OutboxProcess.Commit(Outbox, 4, true, [.. Lie(Journal, lie)]);

        Assert.Equal(["stored", "failed", "failed", "failed"], results.Select(line => line.Split(' ')[0]));
        Assert.InRange(Stored(), 2, 3);
    }

    [Fact]
    public void A_start_that_cannot_make_certain_what_it_found_is_none()
    {
        using (var running = OutboxProcess.Start(Outbox, 1_000_000, sync: true))
        {
            running.StandardOutput.ReadLine();
            running.Kill();
            running.WaitForExit();
        }

        var refused = Assert.ThrowsAny<Exception>(() => OutboxProcess.Commit(Outbox, 1, true, [.. Lie(Wal, "fdatasync:error=EIO:when=1")]));
        Assert.Contains("cannot be brought into it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_committed_before_SIGKILL_is_there()
    {
        for (var round = 1; round <= 3; round++)
        {
            using var process = OutboxProcess.Start(Outbox, 100_000, sync: true);
            var last = 0L;
            for (var line = 0; line < 7 * round; line++)
                last = long.Parse((await process.StandardOutput.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
            process.Kill();
            await process.WaitForExitAsync();

            using var outbox = SqliteOutbox.Open(Outbox, TimeProvider.System);
            var keys = outbox.LoadOpen().Select(trip => trip.Key).ToList();
            Assert.True(keys.Count >= last);
            Assert.Equal(Enumerable.Range(1, keys.Count).Select(key => (long)key), keys);
        }
    }

    [Fact]
    public async Task A_second_agent_is_refused_and_told_who_is_there()
    {
        using var process = OutboxProcess.Start(Outbox, 100_000, sync: true);
        await process.StandardOutput.ReadLineAsync();
        var refused = Assert.Throws<OutboxUnusableException>(() => SqliteOutbox.Open(Outbox, TimeProvider.System));
        Assert.Equal($"{Path.Combine(Outbox, "outbox.db")}: another agent (process {process.Id}) is using it. Stop that one first, or give this one an Outbox:Directory of its own.", refused.Message);
        using (var copy = OutboxCopy.Make(Outbox, TimeProvider.System, CancellationToken.None))
            Assert.NotEmpty(copy.Reader.List());
        process.Kill();
        await process.WaitForExitAsync();
        SqliteOutbox.Open(Outbox, TimeProvider.System).Dispose();
    }

    [Theory]
    [InlineData("pwrite64:error=ENOSPC:when=1")]
    [InlineData("pwrite64:error=ENOSPC:when=5")]
    public void Without_room_to_bring_the_journal_into_the_database_it_is_kept_and_nothing_is_lost(string lie)
    {
        // So many that it is brought in once, which fails, and would be again by the end.
        const int count = 150;
        Assert.True(count * 4_096 > SqliteOutbox.FoldAt);
        OutboxProcess.Commit(Outbox, 1, sync: true);

        var results = OutboxProcess.Commit(Outbox, count, true, [.. Lie(Wal, lie)]);

        Assert.All(results, line => Assert.StartsWith("stored", line, StringComparison.Ordinal));
        Assert.Equal(1 + count, Stored());
    }

    [Fact]
    public void After_a_failed_write_of_the_WAL_the_journal_still_has_it_all()
    {
        const int count = 150;
        OutboxProcess.Commit(Outbox, 1, sync: true);

        var results = OutboxProcess.Commit(Outbox, count, true, [.. Lie(Wal, "pwrite64:error=EIO:when=3")]);

        Assert.Contains("failed", results);
        Assert.Equal(1 + results.Count(line => line.StartsWith("stored", StringComparison.Ordinal)) + 1, Stored());
    }

    // The system call answers so without having done anything; on one file only.
    private static string[] Lie(string file, string how) => ["-f", "-o", "/dev/null", "-P", file, "-e", $"trace={how.Split(':')[0]}", "-e", $"inject={how}"];

    private int CountSyncs(int commits, bool sync)
    {
        var trace = _directory.At("trace");
        OutboxProcess.Commit(Outbox, commits, sync, "-f", "-y", "-o", trace, "-e", "trace=fsync,fdatasync");
        return File.ReadAllLines(trace).Count(line => line.Contains(Outbox, StringComparison.Ordinal));
    }

    private int Stored()
    {
        using var outbox = SqliteOutbox.Open(Outbox, TimeProvider.System);
        var open = outbox.LoadOpen();
        Assert.All(open, trip => Assert.Single(trip.Operations));
        return open.Count;
    }

    [GeneratedRegex(@"(?<=fsync\()\d+")]
    private static partial Regex Descriptor();
}
