using TaximeterAgent.Gpio;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>Scans of a 4x3 matrix, keys numbered from the top left.</summary>
public sealed class KeyMatrixTests
{
    private readonly KeyMatrix _matrix = new(rows: 4, columns: 3, still: 3);
    private readonly List<int> _pressed = [];

    [Fact]
    public void A_key_that_stands_still_is_pressed_once_however_long_it_is_held()
    {
        Scan(50, 4);
        Assert.Equal([4], _pressed);
        Scan(3);
        Assert.True(_matrix.Quiet);
        Scan(3, 4);
        Assert.Equal([4, 4], _pressed);
    }

    [Fact]
    public void A_contact_that_bounces_is_no_key_and_a_release_that_bounces_is_no_second_one()
    {
        for (var bounce = 0; bounce < 10; bounce++)
        {
            Scan(2, 4);
            Scan(1);
        }

        Assert.Empty(_pressed);
        Scan(3, 4);
        for (var bounce = 0; bounce < 10; bounce++)
        {
            Scan(2);
            Scan(1, 4);
        }

        Assert.Equal([4], _pressed);
    }

    [Fact]
    public void A_key_that_is_pressed_before_the_last_is_let_go_counts()
    {
        Scan(3, 0);
        Scan(3, 0, 4);
        Scan(3, 4);
        Scan(3, 4, 8);
        Assert.Equal([0, 4, 8], _pressed);
    }

    [Fact]
    public void Three_keys_that_make_a_fourth_appear_press_none_that_is_not_certain()
    {
        Scan(3, 0, 1);
        // Key 3 goes down; through keys 0 and 1 it reaches key 4 as well.
        Scan(20, 0, 1, 3, 4);
        Assert.Equal([0, 1], _pressed);
        // Key 0 is let go: what is left can be told apart.
        Scan(3, 1, 3);
        Assert.Equal([0, 1, 3], _pressed);
        Scan(3);
        Assert.True(_matrix.Quiet);
    }

    [Fact]
    public void Three_keys_that_can_be_told_apart_all_count()
    {
        Scan(3, 0, 4, 8);
        Assert.Equal([0, 4, 8], _pressed);
    }

    [Fact]
    public void Nothing_is_quiet_while_a_key_is_on_its_way()
    {
        Assert.True(_matrix.Quiet);
        Scan(1, 4);
        Assert.False(_matrix.Quiet);
        Scan(1);
        Assert.True(_matrix.Quiet);
    }

    private void Scan(int times, params int[] keys)
    {
        var scan = keys.Aggregate(0ul, (bits, key) => bits | (1ul << key));
        for (var i = 0; i < times; i++)
            _matrix.Take(scan, _pressed.Add);
    }
}
