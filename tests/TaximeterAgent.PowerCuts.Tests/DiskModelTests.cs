using TaximeterAgent.PowerCuts.Disk;
using TaximeterAgent.PowerCuts.Recording;
using Record = TaximeterAgent.PowerCuts.Recording.Record;

namespace TaximeterAgent.PowerCuts.Tests;

/// <summary>What a cut may leave of some operations, and what it may not.</summary>
public sealed class DiskModelTests
{
    private static readonly FileOperation s_create = new FileOperation.Create("file", IsDirectory: false);
    private static readonly FileOperation s_syncNames = new FileOperation.Sync("");
    private static readonly FileOperation s_sync = new FileOperation.Sync("file");

    [Fact]
    public void A_file_whose_name_was_not_synced_may_be_away_though_its_bytes_were() =>
        Assert.Empty(After(CutKind.None, 0, s_create, Write(0, 1, 100), s_sync).Files);

    [Fact]
    public void What_was_synced_is_there() =>
        Assert.Equal(Filled(1, 100), Bytes(After(CutKind.None, 0, s_create, s_syncNames, Write(0, 1, 100), s_sync)));

    [Fact]
    public void What_was_not_synced_may_be_there_and_may_not()
    {
        FileOperation[] operations = [s_create, s_syncNames, Write(0, 1, 100), s_sync, Write(0, 2, 100)];
        Assert.Equal(Filled(1, 100), Bytes(After(CutKind.None, 0, operations)));
        Assert.Equal(Filled(2, 100), Bytes(After(CutKind.All, 0, operations)));
    }

    [Fact]
    public void A_later_write_may_be_there_without_an_earlier_one()
    {
        var bytes = Bytes(After(CutKind.Without, 0, s_create, s_syncNames, Write(0, 1, 100), Write(100, 2, 100)));
        Assert.Equal([.. new byte[100], .. Filled(2, 100)], bytes);
    }

    [Fact]
    public void A_length_may_be_lost_like_a_write() =>
        Assert.Equal(100, Bytes(After(CutKind.None, 0, s_create, s_syncNames, Write(0, 1, 100), s_sync, new FileOperation.Truncate("file", 0))).Length);

    [Fact]
    public void Room_that_was_taken_may_be_lost_and_makes_no_file_shorter()
    {
        FileOperation[] operations = [s_create, s_syncNames, Write(0, 1, 100), s_sync, new FileOperation.Allocate("file", 300)];
        Assert.Equal(Filled(1, 100), Bytes(After(CutKind.None, 0, operations)));
        Assert.Equal([.. Filled(1, 100), .. new byte[200]], Bytes(After(CutKind.All, 0, operations)));
        Assert.Equal([.. Filled(1, 100), .. new byte[200]], Bytes(After(CutKind.None, 0, [.. operations, s_sync])));
        Assert.Equal(Filled(1, 100), Bytes(After(CutKind.All, 0, s_create, s_syncNames, Write(0, 1, 100), s_sync, new FileOperation.Allocate("file", 50))));
    }

    [Fact]
    public void A_rename_is_there_or_not_but_never_half()
    {
        FileOperation[] operations = [s_create, s_syncNames, Write(0, 1, 10), s_sync, new FileOperation.Rename("file", "other")];
        Assert.Equal(["file"], After(CutKind.None, 0, operations).Files.Keys);
        Assert.Equal(["other"], After(CutKind.All, 0, operations).Files.Keys);
    }

    [Fact]
    public void A_torn_write_is_old_or_new_in_each_512_bytes_and_leaves_its_neighbours_alone()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var bytes = Bytes(After(CutKind.Torn, seed, s_create, s_syncNames, Write(0, 1, 8_192), s_sync, Write(1_000, 2, 3_000)));
            Assert.All(bytes[..1_000], b => Assert.Equal(1, b));
            Assert.All(bytes[4_000..], b => Assert.Equal(1, b));
            for (var sector = 0; sector < 8; sector++)
                Assert.Single(bytes[Math.Max(1_000, sector * 512)..Math.Max(1_000, Math.Min(4_000, (sector + 1) * 512))].Distinct().DefaultIfEmpty());
        }
    }

    [Fact]
    public void A_torn_write_is_torn_in_every_way()
    {
        var kinds = Enumerable.Range(0, 200).Select(seed => string.Concat(
            Bytes(After(CutKind.Torn, seed, s_create, s_syncNames, Write(0, 1, 2_048), s_sync, Write(0, 2, 2_048))).Chunk(512).Select(sector => sector[0]))).Distinct().Count();
        Assert.InRange(kinds, 10, 16);
    }

    [Fact]
    public void Noise_reaches_to_the_ends_of_the_sectors_that_a_write_touches_and_no_further()
    {
        var bytes = Bytes(After(CutKind.Noise, 3, s_create, s_syncNames, Write(0, 1, 3 * 4_096), s_sync, Write(5_000, 2, 10)));
        Assert.All(bytes[..4_096], b => Assert.Equal(1, b));
        Assert.All(bytes[8_192..], b => Assert.Equal(1, b));
        Assert.True(bytes[4_096..5_000].Distinct().Count() > 50);
        Assert.True(bytes[5_010..8_192].Distinct().Count() > 50);
    }

    [Fact]
    public void A_write_that_made_a_file_longer_may_leave_zeros()
    {
        var bytes = Bytes(After(CutKind.Zeros, 1, s_create, s_syncNames, Write(0, 1, 100), s_sync, Write(50, 2, 100)));
        Assert.Equal([.. Filled(1, 100), .. new byte[50]], bytes);
    }

    [Fact]
    public void A_sync_of_another_file_makes_nothing_certain() =>
        Assert.Empty(Bytes(After(CutKind.None, 0, s_create, new FileOperation.Create("other", false), s_syncNames, Write(0, 1, 100), new FileOperation.Sync("other"))));

    [Fact]
    public void The_beginning_is_left_as_it_is_however_often_it_is_used()
    {
        var record = new Record(new Dictionary<string, byte[]> { ["file"] = Filled(1, 10) }, [], [Write(0, 2, 10), s_sync], new Promise(0, 0, false));
        for (var round = 0; round < 2; round++)
        {
            var disk = new DiskModel(record);
            Assert.Equal(Filled(1, 10), Bytes(Image.After(disk, new Cut(0, CutKind.All, 0))));
            disk.MoveTo(2);
            Assert.Equal(Filled(2, 10), Bytes(Image.After(disk, new Cut(2, CutKind.All, 0))));
        }
    }

    private static Image After(CutKind kind, int number, params FileOperation[] operations)
    {
        var disk = new DiskModel(Record.FromNothing(operations));
        disk.MoveTo(operations.Length);
        var cut = new Cut(operations.Length, kind, number);
        return Image.After(disk, Cut.Parse(cut.ToString()));
    }

    private static byte[] Bytes(Image image) => image.Files["file"].Bytes.ToArray();

    private static byte[] Filled(byte value, int count) => [.. Enumerable.Repeat(value, count)];

    private static FileOperation.Write Write(long offset, byte value, int count) => new("file", offset, Filled(value, count));
}
