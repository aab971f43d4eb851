using System.Buffers.Binary;
using TaximeterAgent.LiteDb.Streams;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What is not in use of a page is no more in the file, and what is in use is untouched.</summary>
public sealed class PageLayoutTests
{
    private const byte Filling = 0xEE;

    [Fact]
    public void Only_what_is_between_blocks_and_slots_is_erased()
    {
        var page = Page(type: 4, (40, 10), (60, 5));
        var before = page.ToArray();
        PageLayout.EraseUnused(page);
        for (var at = 0; at < PageLayout.Size; at++)
        {
            var used = at is < 32 or (>= 40 and < 50) or (>= 60 and < 65) or >= PageLayout.Size - 8;
            Assert.Equal(used ? before[at] : 0, page[at]);
        }
    }

    [Fact]
    public void An_empty_page_keeps_its_header_alone()
    {
        var page = Page(type: 0);
        PageLayout.EraseUnused(page);
        Assert.All(page[32..], one => Assert.Equal(0, one));
        Assert.Equal(Filling, page[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pages_that_hold_no_documents_are_left_alone(byte type)
    {
        var page = Page(type);
        var before = page.ToArray();
        PageLayout.EraseUnused(page);
        Assert.Equal(before, page);
    }

    [Fact]
    public void A_block_that_is_out_of_its_page_is_found() =>
        Assert.Throws<InvalidDataException>(() => PageLayout.EraseUnused(Page(type: 4, (8_190, 10))));

    private static byte[] Page(byte type, params (ushort Position, ushort Length)[] blocks)
    {
        var page = new byte[PageLayout.Size];
        Array.Fill(page, Filling);
        page[4] = type;
        page[30] = blocks.Length == 0 ? (byte)255 : (byte)(blocks.Length - 1);
        for (var i = 0; i < blocks.Length; i++)
        {
            var at = PageLayout.Size - ((i + 1) * 4);
            BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(at), blocks[i].Length);
            BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(at + 2), blocks[i].Position);
        }

        return page;
    }
}
