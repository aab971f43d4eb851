using TaximeterAgent.Benchmarks.Flash;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>What is counted of a process's calls, and what is not.</summary>
public sealed class DiskTraceTests
{
    private static DiskTrace Of(params string[] lines) => new DiskTrace("/data").Read(lines);

    [Fact]
    public void Writes_are_counted_by_file_and_syncs_by_call()
    {
        var trace = Of(
            "12 pwrite64(119</data/outbox.db-wal>, \"\"..., 4096, 8216) = 4096",
            "12 pwrite64(119</data/outbox.db-wal>, \"\"..., 24, 8192) = 24",
            "12 fdatasync(119</data/outbox.db-wal>) = 0",
            "7  write(5</data/outbox.db>, \"\"..., 100) = 100",
            "7  fallocate(5</data/outbox.db>, 0, 0, 65536) = 0",
            "12 fsync(8</data>) = 0");
        Assert.Equal((69_756, 2), (trace.Bytes, trace.Syncs));
        Assert.Equal([("outbox.db", 65_636L), ("outbox.db-wal", 4_120L)], trace.BytesOf.Select(file => (file.Key, file.Value)));
    }

    [Fact]
    public void A_call_in_two_halves_is_counted_once_and_as_much_as_it_wrote()
    {
        var trace = Of(
            "12 pwrite64(119</data/outbox.db-wal>, \"\"..., 4096, 0 <unfinished ...>",
            "13 fdatasync(119</data/outbox.db-wal> <unfinished ...>",
            "12 <... pwrite64 resumed>) = 1000",
            "13 <... fdatasync resumed>) = 0");
        Assert.Equal((1_000, 1), (trace.Bytes, trace.Syncs));
    }

    [Theory]
    [InlineData("12 pwrite64(119</elsewhere/outbox.db-wal>, \"\"..., 4096, 0) = 4096")]
    [InlineData("12 pwrite64(119</data2/outbox.db-wal>, \"\"..., 4096, 0) = 4096")]
    [InlineData("12 pwrite64(119</data/outbox.db-shm>, \"\"..., 1, 32767) = 1")]
    [InlineData("12 pwrite64(119</data/outbox.db-wal>, \"\"..., 4096, 0) = -1 ENOSPC (No space left on device)")]
    [InlineData("12 fdatasync(119</data/outbox.db-wal>) = -1 EIO (Input/output error)")]
    [InlineData("12 ftruncate(119</data/outbox.db-wal>, 0) = 0")]
    [InlineData("12 write(1</dev/pts/4>, \"\"..., 30) = 30")]
    [InlineData("12 +++ exited with 0 +++")]
    [InlineData("12 pwrite64(119</data/outbox.db-wal>, \"\"..., 4096, 0 <unfinished ...>")]
    public void What_did_not_reach_the_folders_files_is_not(string line)
    {
        var trace = Of(line);
        Assert.Equal((0, 0), (trace.Bytes, trace.Syncs));
    }

    [Fact]
    public async Task A_shift_of_the_real_agent_syncs_and_writes_for_each_fare()
    {
        var one = await TracedShift.RunAsync(1, CancellationToken.None);
        var three = await TracedShift.RunAsync(3, CancellationToken.None);
        // FARE, capture and its result: less would be a promise broken. More fares, more of both.
        Assert.InRange(one.Syncs, 3, 40);
        Assert.InRange(three.Syncs - one.Syncs, 6, 40);
        Assert.True(three.Bytes > one.Bytes && one.Bytes > 0, $"{one.Bytes} and {three.Bytes}");
    }
}
