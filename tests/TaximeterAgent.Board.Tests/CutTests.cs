using TaximeterAgent.Board.Disk;

namespace TaximeterAgent.Board.Tests;

public class CutTests
{
    private const int Seeds = 500;

    private static readonly LogOfWrites Log = new LogOfWrites()
        .Write(0, 1, 1).Write(1, 2, 2).Flush().Write(3, 4, 3).Write(0, 1, 4).Write(8, 1, 5);

    [Fact]
    public void What_was_flushed_is_there_after_every_cut_and_of_the_rest_every_part_is_lost_by_some_cut()
    {
        IReadOnlyList<LoggedWrite> writes = Log.Read();
        Cut[] cuts = [.. Enumerable.Range(0, Seeds).Select(seed => Cut.Draw(writes, new Random(seed), DiskKind.Honest))];

        Assert.All(cuts, cut => Assert.Equal((512, 1024), (cut.Kept[0], cut.Kept[1])));
        // Each of the three after the flush is lost alone by one cut and kept alone by another.
        foreach (int write in (int[])[3, 4, 5])
        {
            Assert.Contains(cuts, cut => cut.Kept[write] == 0 && Others(write).All(other => cut.Kept[other] > 0));
            Assert.Contains(cuts, cut => cut.Kept[write] > 0 && Others(write).All(other => cut.Kept[other] == 0));
        }

        Assert.Contains(cuts, cut => cut.Kept[3] is > 0 and < 2048);

        static IEnumerable<int> Others(int write) => ((int[])[3, 4, 5]).Where(other => other != write);
    }

    [Fact]
    public void A_write_is_torn_between_sectors_only()
    {
        IReadOnlyList<LoggedWrite> writes = Log.Read();
        Assert.All(Enumerable.Range(0, Seeds), seed => Assert.All(Cut.Draw(writes, new Random(seed), DiskKind.Honest).Kept, kept => Assert.Equal(0, kept % 512)));
    }

    [Fact]
    public void A_write_that_goes_through_the_cache_is_never_lost()
    {
        IReadOnlyList<LoggedWrite> writes = new LogOfWrites().Write(0, 3, 1, flags: 2).Read();
        Assert.All(Enumerable.Range(0, Seeds), seed => Assert.Equal(1536, Cut.Draw(writes, new Random(seed), DiskKind.Honest).Kept[0]));
    }

    [Fact]
    public void A_disk_that_lies_loses_what_was_flushed()
    {
        IReadOnlyList<LoggedWrite> writes = new LogOfWrites().Write(0, 1, 1).Write(1, 1, 2).Write(2, 1, 3).Flush().Read();
        Assert.Contains(Enumerable.Range(0, Seeds), seed => Cut.Draw(writes, new Random(seed), DiskKind.Lying).Kept[2] == 0);
    }

    [Fact]
    public void The_same_seed_is_the_same_cut()
    {
        IReadOnlyList<LoggedWrite> writes = Log.Read();
        Assert.Equal(Cut.Draw(writes, new Random(7), DiskKind.Honest).Kept, Cut.Draw(writes, new Random(7), DiskKind.Honest).Kept);
    }

    [Fact]
    public void What_is_kept_is_on_the_disk_a_later_write_over_an_earlier_and_what_is_dropped_is_not()
    {
        using MemoryStream log = Log.Stream();
        IReadOnlyList<LoggedWrite> writes = WriteLog.Read(log);
        var disk = new MemoryStream(new byte[9 * 512]);

        var cut = new Cut([512, 1024, 0, 1024, 512, 0], 3);
        cut.Apply(writes, log, disk);

        byte[] sectors = [.. Enumerable.Range(0, 9).Select(sector => disk.ToArray()[sector * 512])];
        Assert.Equal([4, 2, 2, 3, 3, 0, 0, 0, 0], sectors);
        Assert.Equal(new CutFacts(Writes: 5, Dropped: 1, Torn: 1), cut.Facts(writes));
    }

    [Fact]
    public async Task A_cut_waits_until_the_disk_is_at_work_and_not_for_ever()
    {
        string log = Path.GetTempFileName();
        try
        {
            Task cut = Task.Factory.StartNew(() => DiskMoment.Await(log, requests: 2, TimeSpan.FromMinutes(2)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            for (int request = 0; request < 10_000 && !cut.IsCompleted; request++)
            {
                await File.AppendAllTextAsync(log, "x");
                await Task.Yield();
            }

            await cut.WaitAsync(TimeSpan.FromMinutes(1));
            DiskMoment.Await(log, requests: 1, TimeSpan.FromMilliseconds(20));
        }
        finally
        {
            File.Delete(log);
        }
    }
}
