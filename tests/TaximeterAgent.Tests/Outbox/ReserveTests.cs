using System.Diagnostics;
using System.Globalization;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Journal;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>Room that is kept for when the disk is full: real, used for fares alone, and made again.</summary>
public sealed class ReserveTests : IDisposable
{
    private const long Kept = 256 << 10;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Outbox => _directory.At("outbox");

    private string File => Path.Combine(Outbox, "outbox.reserve");

    [Fact]
    public void It_has_real_blocks_and_nobody_else_may_read_it()
    {
        SqliteOutbox.Open(Outbox, TimeProvider.System, Kept).Dispose();
        Assert.Equal(Kept, new FileInfo(File).Length);
        Assert.InRange(BytesOnDisk(File), Kept, 2 * Kept);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Theory]
    [InlineData(Kept / 2)]
    [InlineData(0)]
    public void Another_size_is_taken_at_the_next_start(long wanted)
    {
        SqliteOutbox.Open(Outbox, TimeProvider.System, Kept).Dispose();
        SqliteOutbox.Open(Outbox, TimeProvider.System, wanted).Dispose();
        Assert.Equal(wanted, Reserve.LengthOf(File));
        Assert.Equal(wanted > 0, System.IO.File.Exists(File));
    }

    [Fact]
    public void On_a_full_disk_fares_are_stored_in_it_and_with_room_it_is_whole_again()
    {
        var said = OutboxProcess.OnSmallDisk("""
            outbox 1 262144; fill
            echo full; outbox 100 262144; stat -c 'left %s' "$disk/outbox/outbox.reserve"
            rm "$disk/log"
            echo room; outbox 1 262144; stat -c 'left %s' "$disk/outbox/outbox.reserve"
            """, "4m", _directory.At("disk"), Outbox);

        Assert.StartsWith("stored", said[0], StringComparison.Ordinal);
        var full = said.SkipWhile(line => line != "full").Skip(1).TakeWhile(line => line != "room").ToList();
        var stored = full.TakeWhile(line => line.StartsWith("stored", StringComparison.Ordinal)).Count();
        // A sector or two for each, and a little for the start itself.
        Assert.InRange(stored, Kept / JournalRecord.Sector / 3, Kept / JournalRecord.Sector);
        Assert.All(full.Skip(stored).Take(100 - stored), line => Assert.Equal("full", line));
        Assert.Equal("left 0", full[^1]);
        Assert.Equal(["stored", "left"], said[^2..].Select(line => line.Split(' ')[0]));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"left {Kept}"), said[^1]);
        Assert.Equal(1 + stored + 1, Stored());
    }

    [Fact]
    public void Without_it_a_full_disk_stores_nothing()
    {
        var said = OutboxProcess.OnSmallDisk("outbox 1 0; fill; outbox 20 0 2>/dev/null; echo ended", "4m", _directory.At("disk"), Outbox);
        Assert.Equal(["stored 1", "ended"], said);
        Assert.Equal(1, Stored());
    }

    [Fact]
    public void A_disk_that_fills_while_the_agent_runs_takes_what_is_reserved_too()
    {
        // The filler never stops: what is given back is there for whoever is quicker.
        var said = OutboxProcess.OnSmallDisk("""
            outbox 1 4194304
            (while :; do cat /dev/zero 2>/dev/null >>"$disk/log"; done) & filler=$!
            until [ "$(stat -f -c %a "$disk")" -eq 0 ]; do :; done
            outbox 300 4194304; kill $filler
            """, "12m", _directory.At("disk"), Outbox);
        Assert.Equal(301, said.Count(line => line.StartsWith("stored", StringComparison.Ordinal)));
        Assert.Equal(301, Stored());
    }

    [Fact]
    public void Each_piece_that_is_given_is_taken_at_once_until_nothing_is_left()
    {
        Directory.CreateDirectory(Outbox);
        var reserve = new Reserve(new OutboxFiles(Outbox), Kept);
        var told = new List<long>();
        reserve.Changed = told.Add;
        reserve.Make();
        Assert.Empty(told);

        long taken = 0;
        while (reserve.Give(piece => taken += piece))
            Assert.Equal(Kept - taken, new FileInfo(File).Length);

        Assert.Equal(Kept, taken);
        Assert.InRange(told.Count, 4, 32);
        Assert.Equal(0, told[^1]);
        reserve.Make();
        Assert.Equal(Kept, told[^1]);
        Assert.False(reserve.InUse);
    }

    private int Stored()
    {
        using var outbox = SqliteOutbox.Open(Outbox, TimeProvider.System);
        return outbox.LoadOpen().Count;
    }

    private static long BytesOnDisk(string file)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%b %B", file]) { RedirectStandardOutput = true })!;
        var words = stat.StandardOutput.ReadToEnd().Trim().Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        stat.WaitForExit();
        return words[0] * words[1];
    }
}
