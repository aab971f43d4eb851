using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Tests.Meter.Serial;

public class MarkedInputTests
{
    private readonly MarkedInput _input = new();

    [Fact]
    public void Bytes_that_are_not_marked_pass() => Assert.Equal([0, 1, 0x7F, 0xFE, 0], Decode(0, 1, 0x7F, 0xFE, 0));

    [Fact]
    public void The_byte_FF_is_written_twice_and_read_once()
    {
        Assert.Equal([0xFF, 0xFF, 5], Decode(0xFF, 0xFF, 0xFF, 0xFF, 5));
        Assert.Equal(0, _input.Damaged + _input.Breaks);
    }

    [Fact]
    public void A_damaged_byte_is_counted_and_spoils_its_frame_instead_of_standing_in_it()
    {
        Assert.Equal([(byte)'A', 0, (byte)'C'], Decode((byte)'A', 0xFF, 0, (byte)'B', (byte)'C'));
        Assert.Equal(1, _input.Damaged);
        Assert.Equal(0, _input.Breaks);
    }

    [Fact]
    public void A_damaged_FF_is_one_damaged_byte()
    {
        Assert.Equal([0, 7], Decode(0xFF, 0, 0xFF, 7));
        Assert.Equal(1, _input.Damaged);
    }

    [Fact]
    public void A_break_is_counted_as_such()
    {
        Assert.Equal([0, 9], Decode(0xFF, 0, 0, 9));
        Assert.Equal((0, 1), (_input.Damaged, _input.Breaks));
    }

    [Fact]
    public void Marks_are_known_however_they_are_cut_into_reads()
    {
        byte[] marked = [1, 0xFF, 0xFF, 0xFF, 0, 0x42, 0xFF, 0, 0, 2];
        byte[] read = [.. marked.SelectMany(value => Decode(value))];
        Assert.Equal([1, 0xFF, 0, 0, 2], read);
        Assert.Equal((1, 1), (_input.Damaged, _input.Breaks));
    }

    [Fact]
    public void A_line_opened_anew_does_not_wait_for_the_rest_of_a_mark()
    {
        Assert.Empty(Decode(0xFF));
        _input.Reset();
        Assert.Equal([0, 1], Decode(0, 1));
    }

    [Fact]
    public void What_the_kernel_never_writes_is_no_reason_to_lose_step() => Assert.Equal([3, 4], Decode(0xFF, 3, 4));

    private byte[] Decode(params byte[] bytes) => _input.Decode(bytes).ToArray();
}
