using TaximeterAgent.Board.Disk;

namespace TaximeterAgent.Board.Tests;

public class WriteLogTests
{
    [Fact]
    public void Writes_and_flushes_are_read_in_their_order()
    {
        IReadOnlyList<LoggedWrite> writes = new LogOfWrites().Write(7, 2, 0xAA).Flush().Write(3, 1, 0xBB, flags: 2).Read();

        Assert.Equal(3, writes.Count);
        Assert.Equal((7 * 512L, 1024, false, false), (writes[0].Offset, writes[0].Length, writes[0].IsFlush, writes[0].IsThrough));
        Assert.True(writes[1].IsFlush);
        Assert.Equal(0, writes[1].Length);
        Assert.True(writes[2].IsThrough);
        Assert.Equal(5 * 512L, writes[2].DataAt - 512); // superblock, header, two sectors, flush
    }

    [Fact]
    public void What_the_superblock_does_not_count_was_never_answered() =>
        Assert.Single(WriteLog.Read(new LogOfWrites().Write(0, 1, 1).Write(1, 1, 2).Stream(counted: 1)));

    [Fact]
    public void A_board_that_was_cut_before_it_wrote_has_an_empty_log() => Assert.Empty(WriteLog.Read(new MemoryStream()));

    [Fact]
    public void What_is_no_log_is_refused() =>
        Assert.Contains("does not begin", Assert.Throws<InvalidDataException>(() => WriteLog.Read(new LogOfWrites().Stream(magic: 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_hole_is_refused() =>
        Assert.Contains("is a hole", Assert.Throws<InvalidDataException>(() => new LogOfWrites().Header(0, 0, 0).Read()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_log_that_ends_too_soon_is_refused()
    {
        Assert.Contains("is missing", Assert.Throws<InvalidDataException>(() => WriteLog.Read(new LogOfWrites().Write(0, 1, 1).Stream(counted: 2))).Message, StringComparison.Ordinal);
        Assert.Contains("is cut off", Assert.Throws<InvalidDataException>(() => new LogOfWrites().Header(0, 9, 0).Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_discard_is_refused_because_no_board_sends_one() =>
        Assert.Contains("flags 4", Assert.Throws<InvalidDataException>(() => new LogOfWrites().Header(0, 0, 4).Read()).Message, StringComparison.Ordinal);
}
