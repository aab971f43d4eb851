using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>
/// What came out of a printer that a meter and the agent share. The meter's prints are there byte for byte, in their order; between two of them, and nowhere else, there
/// may be slips of the agent's. Only where the agent was killed some bytes may be missing: those that were on their way.
/// </summary>
internal static class SharedPaper
{
    /// <summary>Bytes of the meter's that the agent may have had in its hands when it was killed.</summary>
    public const int InHand = 64;

    /// <summary>So many bytes tell where a print goes on.</summary>
    private const int Mark = 16;

    /// <summary>Reads it.</summary>
    /// <param name="sent">All that the meter has sent.</param>
    /// <param name="prints">Where each of its prints begins, the first at 0.</param>
    /// <param name="paper">All that the printer has got.</param>
    /// <param name="kills">For each kill how many bytes the meter had sent by then, and when the bypass was closed.</param>
    public static PaperReading Read(byte[] sent, IReadOnlyList<int> prints, byte[] paper, IReadOnlyList<(int From, int To)> kills)
    {
        var reading = new Reader(sent, [.. prints, sent.Length], paper, kills);
        reading.ReadAll();
        return new PaperReading(reading.Slips, reading.Missing, reading.Faults);
    }

    private sealed class Reader(byte[] sent, IReadOnlyList<int> boundaries, byte[] paper, IReadOnlyList<(int From, int To)> kills)
    {
        private int _sent;
        private int _paper;

        public List<PaperSlip> Slips { get; } = [];

        public List<string> Faults { get; } = [];

        public int Missing { get; private set; }

        public void ReadAll()
        {
            while (Faults.Count == 0 && (_sent < sent.Length || _paper < paper.Length))
            {
                // A slip may begin as the meter's next print does: it is looked for first.
                if (TrySlips())
                    continue;
                if (_sent < sent.Length && _paper < paper.Length && sent[_sent] == paper[_paper])
                    (_sent, _paper) = (_sent + 1, _paper + 1);
                else if (!TryGap())
                    Faults.Add($"byte {_sent} of the meter's is not on the paper as it was sent: {Shown(sent, _sent)} was sent, {Shown(paper, _paper)} is on the paper");
            }
        }

        // Between two prints: whole slips, up to where the next print begins.
        private bool TrySlips()
        {
            if (!boundaries.Contains(_sent))
                return false;
            int next = _sent == sent.Length ? paper.Length - _paper : paper.AsSpan(_paper).IndexOf(sent.AsSpan(_sent, Math.Min(Mark, sent.Length - _sent)));
            if (next <= 0)
                return false;
            var roll = new PaperRoll();
            roll.Write(paper.AsSpan(_paper, next));
            Slips.AddRange(roll.Slips);
            if (roll.Faults.Count > 0 || roll.Hanging.Items.Count > 0 || roll.Slips.Count == 0)
                Faults.Add($"between two prints of the meter's is no whole slip: {Shown(paper, _paper)}");
            _paper += next;
            return true;
        }

        private bool TryGap()
        {
            foreach ((int from, int to) in kills)
            {
                if (_sent < from - InHand || _sent > to)
                    continue;
                // Some of the bytes up to the bypass; what comes after them is on the paper again.
                int mark = Math.Min(Mark, paper.Length - _paper);
                int missing = mark == 0 ? sent.Length - _sent : sent.AsSpan(_sent).IndexOf(paper.AsSpan(_paper, mark));
                if (missing <= 0 || _sent + missing > to + 1)
                    return false;
                Missing += missing;
                _sent += missing;
                return true;
            }

            return false;
        }

        private static string Shown(byte[] bytes, int at) =>
            $"'{string.Concat(bytes.Skip(at).Take(Mark).Select(one => one is >= 0x20 and < 0x7F ? ((char)one).ToString() : $"<{one:X2}>"))}'";
    }
}

/// <param name="Slips">The agent's own.</param>
/// <param name="Missing">Bytes of the meter's that are not on the paper, where that may be.</param>
/// <param name="Faults">What must not be; empty if all is well.</param>
internal sealed record PaperReading(IReadOnlyList<PaperSlip> Slips, int Missing, IReadOnlyList<string> Faults);
