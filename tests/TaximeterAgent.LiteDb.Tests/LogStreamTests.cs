using System.Buffers.Binary;
using System.Security.Cryptography;
using TaximeterAgent.LiteDb.Streams;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>The log beneath LiteDB: whole records or none, and nothing of another outbox.</summary>
public sealed class LogStreamTests : IDisposable
{
    private const uint Transaction = 7;

    private readonly TemporaryDirectory _directory = new();

    private string DataFile => _directory.At("data");

    private string LogFile => _directory.At("log");

    public LogStreamTests()
    {
        File.WriteAllBytes(DataFile, Header(made: 11));
        File.WriteAllBytes(LogFile, []);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_was_written_out_is_brought_into_the_data_file_and_what_was_not_is_gone()
    {
        Write(log =>
        {
            Append(log, Page(1, 'a'), Page(2, 'b', confirmed: true));
            log.WriteOut();
            Append(log, Page(1, 'c', confirmed: true));
        });
        Assert.Equal(1, BringIn());
        Assert.Equal(('a', 'b'), (Content(1), Content(2)));
        // And once more, where the power was cut before the log was emptied.
        Assert.Equal(1, BringIn());
        Assert.Equal(('a', 'b'), (Content(1), Content(2)));
    }

    [Fact]
    public void A_page_reads_as_it_was_written_wherever_it_is()
    {
        var first = Page(1, 'a', confirmed: true);
        var second = Page(2, 'b', confirmed: true);
        Write(log =>
        {
            Append(log, first);
            log.WriteOut();
            Append(log, second);
            var read = new byte[PageLayout.Size];
            foreach (var (position, page) in new[] { (0, first), (PageLayout.Size, second) })
            {
                log.Position = position;
                Assert.Equal(PageLayout.Size, log.Read(read, 0, read.Length));
                Assert.Equal(page, read);
            }

            Assert.Equal(2 * PageLayout.Size, log.Length);
            Assert.Equal(0, log.Read(read, 0, read.Length));
        });
    }

    [Theory]
    [InlineData(0)] // the header's mark
    [InlineData(20)] // the sequence number
    [InlineData(40)] // the check
    [InlineData(LogRecord.Sector + 5_000)] // a page
    public void A_record_that_is_torn_ends_the_log(int at)
    {
        var length = 0L;
        Write(log =>
        {
            Append(log, Page(1, 'a', confirmed: true));
            log.WriteOut();
            length = log.FileLength;
            Append(log, Page(1, 'b', confirmed: true));
            log.WriteOut();
            Append(log, Page(1, 'c', confirmed: true));
            log.WriteOut();
        });
        var bytes = File.ReadAllBytes(LogFile);
        bytes[length + at] ^= 1;
        File.WriteAllBytes(LogFile, bytes);
        Assert.Equal(1, BringIn());
        Assert.Equal('a', Content(1));
    }

    [Fact]
    public void What_an_earlier_round_has_left_behind_a_new_one_is_not_its_continuation()
    {
        Write(log =>
        {
            foreach (var content in "abc")
            {
                Append(log, Page(1, content, confirmed: true));
                log.WriteOut();
            }

            log.SetLength(0);
            Append(log, Page(2, 'n', confirmed: true));
            log.WriteOut();
        });
        Assert.Equal(1, BringIn());
        Assert.Equal('n', Content(2));
    }

    [Fact]
    public void Pages_of_a_transaction_that_was_not_committed_are_not_carried_out()
    {
        Write(log =>
        {
            Append(log, Page(1, 'x'), Page(2, 'b', confirmed: true, transaction: Transaction + 1));
            log.WriteOut();
        });
        Assert.Equal(1, BringIn());
        Assert.Equal(('\0', 'b'), (Content(1), Content(2)));
    }

    [Fact]
    public void The_log_of_another_outbox_is_refused()
    {
        Write(log =>
        {
            Append(log, Page(1, 'a', confirmed: true));
            log.WriteOut();
        });
        File.WriteAllBytes(DataFile, Header(made: 12));
        Assert.Contains("another outbox", Assert.Throws<InvalidDataException>(() => BringIn()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_files_first_page_that_was_torn_is_brought_back()
    {
        Write(log =>
        {
            Append(log, [.. Header(made: 11)[..14], .. BitConverter.GetBytes(Transaction), 1, .. Header(made: 11)[19..]]);
            log.WriteOut();
        });
        var torn = Header(made: 11);
        RandomNumberGenerator.Fill(torn);
        File.WriteAllBytes(DataFile, torn);
        Assert.Equal(1, BringIn());
        Assert.True(PageLayout.IsFileHeader(File.ReadAllBytes(DataFile)));
    }

    [Fact]
    public void An_erased_log_has_no_byte_left()
    {
        Write(log =>
        {
            Append(log, Page(1, 'a', confirmed: true));
            log.WriteOut();
            log.Erase();
        });
        Assert.Equal(0, new FileInfo(LogFile).Length);
    }

    [Fact]
    public void Room_is_taken_before_it_is_needed()
    {
        Write(log =>
        {
            Assert.True(log.TakeRoom(10));
            Assert.InRange(new FileInfo(LogFile).Length, 10 * PageLayout.Size, 2 << 20);
            Assert.False(log.TakeRoom(long.MaxValue / (4 * PageLayout.Size)));
        });
    }

    private static byte[] Header(long made)
    {
        var page = new byte[PageLayout.Size];
        page[4] = 1;
        "** This is a LiteDB file **"u8.CopyTo(page.AsSpan(32));
        page[59] = 8;
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(68), made);
        return page;
    }

    // A data page with one block.
    private static byte[] Page(uint number, char content, bool confirmed = false, uint transaction = Transaction)
    {
        var page = new byte[PageLayout.Size];
        BinaryPrimitives.WriteUInt32LittleEndian(page, number);
        page[4] = 4;
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(14), transaction);
        page[18] = confirmed ? (byte)1 : (byte)0;
        page[32] = (byte)content;
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(PageLayout.Size - 4), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(PageLayout.Size - 2), 32);
        return page;
    }

    private static void Append(LogStream log, params byte[][] pages)
    {
        foreach (var page in pages)
        {
            log.Position = log.Length;
            log.Write(page, 0, page.Length);
        }
    }

    private void Write(Action<LogStream> use) => Open((log, _) =>
    {
        use(log);
        return 0;
    });

    private int BringIn() => Open((log, _) => log.BringIn());

    private T Open<T>(Func<LogStream, DataStream, T> use)
    {
        using var data = new DataStream(File.OpenHandle(DataFile, FileMode.Open, FileAccess.ReadWrite));
        using var log = LogStream.Open(File.OpenHandle(LogFile, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, FileOptions.WriteThrough), data);
        return use(log, data);
    }

    private char Content(uint page)
    {
        var bytes = File.ReadAllBytes(DataFile);
        var at = (int)page * PageLayout.Size;
        return at < bytes.Length ? (char)bytes[at + 32] : '\0';
    }
}
