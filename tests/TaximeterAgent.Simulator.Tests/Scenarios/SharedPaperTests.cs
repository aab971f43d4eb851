using System.Text;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>What may stand on a paper that the meter and the agent share, and what may not.</summary>
public sealed class SharedPaperTests
{
    private static readonly byte[] s_first = Print("first", 31);
    private static readonly byte[] s_second = Print("second", 22);
    private static readonly byte[] s_slip = [.. new byte[20], 0x0A, 0x1B, (byte)'!', 0, 0x1B, (byte)'t', 19, .. "Simulated Taxis AS\nRECEIPT\n"u8, 0x1D, (byte)'V', 66, 0, 0x1B, (byte)'t', 5];
    private static readonly byte[] s_sent = [.. s_first, .. s_second];

    [Fact]
    public void Prints_that_are_as_they_were_sent_are_well_with_slips_of_ours_before_between_and_behind_them()
    {
        PaperReading bare = Read(s_sent);
        Assert.Empty(bare.Faults);
        Assert.Empty(bare.Slips);
        PaperReading reading = Read([.. s_slip, .. s_first, .. s_slip, .. s_slip, .. s_second, .. s_slip]);
        Assert.Empty(reading.Faults);
        Assert.Equal(4, reading.Slips.Count);
        Assert.All(reading.Slips, slip => Assert.Contains("RECEIPT", slip.Lines));
        Assert.Equal(0, reading.Missing);
    }

    [Fact]
    public void A_slip_inside_a_print_is_a_fault() => IsFault([.. s_first[..60], .. s_slip, .. s_first[60..], .. s_second]);

    [Fact]
    public void A_byte_that_was_changed_added_or_lost_is_a_fault()
    {
        byte[] changed = [.. s_sent];
        changed[70] ^= 1;
        IsFault(changed);
        IsFault([.. s_sent[..70], 0x41, .. s_sent[70..]]);
        IsFault([.. s_sent[..70], .. s_sent[71..]]);
        IsFault(s_sent[..^1]);
    }

    [Fact]
    public void Prints_in_another_order_or_twice_are_a_fault()
    {
        IsFault([.. s_second, .. s_first]);
        IsFault([.. s_sent, .. s_second[..20]]);
    }

    [Fact]
    public void What_is_no_whole_slip_between_two_prints_is_a_fault()
    {
        IsFault([.. s_first, .. "half a word"u8, .. s_second]);
        IsFault([.. s_first, .. s_slip[..30], .. s_second]);
    }

    [Fact]
    public void Where_the_agent_was_killed_bytes_may_be_missing_and_nowhere_else()
    {
        byte[] paper = [.. s_sent[..70], .. s_sent[80..]];
        PaperReading reading = Read(paper, (70, 85));
        Assert.Equal((0, 10), (reading.Faults.Count, reading.Missing));
        // From before the kill at most what the agent had in its hands; behind the bypass nothing.
        Assert.Empty(Read(paper, (70 + SharedPaper.InHand, 140)).Faults);
        Assert.NotEmpty(Read(paper, (71 + SharedPaper.InHand, 140)).Faults);
        Assert.NotEmpty(Read(paper, (60, 70)).Faults);
        // Missing is not changed.
        byte[] changed = [.. paper];
        changed[72] ^= 1;
        Assert.NotEmpty(Read(changed, (70, 85)).Faults);
    }

    private static void IsFault(byte[] paper) => Assert.NotEmpty(Read(paper).Faults);

    private static PaperReading Read(byte[] paper, params (int From, int To)[] kills) => SharedPaper.Read(s_sent, [0, s_first.Length], paper, kills);

    // Lines that are all different.
    private static byte[] Print(string name, int seed) =>
        [0x1B, (byte)'@', 0x1B, (byte)'t', 5, .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(seed, 12).Select(line => $"{name} {line * line}\n"))), 0x1D, (byte)'V', 66, 0];
}
