using System.Runtime.InteropServices;
using TaximeterAgent.Gpio;

namespace TaximeterAgent.Tests.Gpio;

public sealed class GpioEventsTests
{
    private readonly GpioEvents _reader = new();
    private readonly List<(uint Line, bool Active)> _edges = [];

    [Fact]
    public void Edges_are_read_in_order()
    {
        Assert.True(Read([.. Event(1, 5, true), .. Event(2, 5, false), .. Event(3, 6, true)]));
        Assert.Equal([(5u, true), (5u, false), (6u, true)], _edges);
    }

    [Fact]
    public void Edges_are_read_however_their_bytes_are_cut()
    {
        byte[] bytes = [.. Event(1, 5, true), .. Event(2, 6, true)];
        foreach (var one in bytes)
            Assert.True(Read([one]));
        Assert.Equal([(5u, true), (6u, true)], _edges);
    }

    [Fact]
    public void A_gap_in_the_kernels_count_is_noticed_and_the_rest_still_read()
    {
        Assert.True(Read(Event(1, 5, true)));
        Assert.False(Read([.. Event(4, 5, true), .. Event(5, 5, false)]));
        Assert.True(Read(Event(6, 5, true)));
        Assert.Equal(4, _edges.Count);
    }

    [Fact]
    public void What_was_lost_before_the_first_edge_is_noticed() => Assert.False(Read(Event(2, 5, true)));

    [Fact]
    public void A_request_made_anew_counts_from_one_and_begins_with_a_whole_event()
    {
        Assert.True(Read([.. Event(1, 5, true), .. Event(2, 5, false)[..20]]));
        _reader.Reset();
        Assert.True(Read(Event(1, 5, true)));
    }

    [Fact]
    public void The_count_may_come_round()
    {
        Read(Event(uint.MaxValue, 5, true));
        Assert.True(Read(Event(0, 5, false)));
    }

    [Fact]
    public void An_event_of_an_unknown_kind_is_no_edge_but_a_reason_to_look()
    {
        var strange = Event(1, 5, true);
        strange[8] = 9;
        Assert.False(Read(strange));
        Assert.Empty(_edges);
    }

    /// <summary>An event as the kernel writes it.</summary>
    internal static byte[] Event(uint sequence, uint line, bool active)
    {
        var bytes = new byte[GpioEvents.EventSize];
        MemoryMarshal.Write(bytes, new GpioAbi.LineEvent
        {
            TimestampNanoseconds = 1_000_000ul * sequence,
            Id = active ? GpioAbi.RisingEdge : GpioAbi.FallingEdge,
            Offset = line,
            Sequence = sequence,
            LineSequence = sequence,
        });
        return bytes;
    }

    private bool Read(byte[] bytes) => _reader.Read(bytes, (line, active) => _edges.Add((line, active)));
}
